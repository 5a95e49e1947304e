"""A line of input that is not as described is answered with its number and what to write."""

from __future__ import annotations

import io

import pytest

from flows.commands.jsonlines import language_slip, read_lines
from records import ConfigError

SLIPS = [
    ("an id that is no value of JSON", '{"id": NaN, "text": ""}', "NaN is no value"),
    ("an id with a fraction", '{"id": 1.5, "text": ""}', "neither text nor a whole number"),
    ("no id", '{"text": ""}', '"id" is missing'),
    ("a text that is null", '{"id": 1, "text": null}', '"text" is not text'),
    ("a language that is none", '{"id": 1, "text": "", "lang": "xq"}', "`xq` is not a language code"),
    ("a slip of a language", '{"id": 1, "text": "", "lang": "tj"}', "Did you mean `tg`?"),
    ("a language in capitals", '{"id": 1, "text": "", "lang": "RU"}', "Did you mean `ru`?"),
]


def _read(line: str) -> list[dict[str, object]]:
    source = io.BytesIO(f'{{"id": "a", "text": ""}}\n{line}\n'.encode())
    return list(read_lines(source, name="in.jsonl", required=("id", "text"), optional=("lang",)))


@pytest.mark.parametrize(("line", "said"), [case[1:] for case in SLIPS], ids=[case[0] for case in SLIPS])
def test_a_slip_is_answered_with_its_line(line: str, said: str) -> None:
    with pytest.raises(ConfigError, match="line 2") as refused:
        _read(line)
    assert said in str(refused.value)


@pytest.mark.parametrize("code", ["fr", "und", "tg", ""])
def test_any_language_of_iso_639_will_do_and_an_unknown_one(code: str) -> None:
    assert language_slip(code) == ("", "")
    assert len(_read(f'{{"id": 7, "text": "", "lang": "{code}"}}')) == 2
