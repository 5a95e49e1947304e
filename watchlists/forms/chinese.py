"""Spellings of a Chinese name that can be listed: both scripts, dots, numerals, and the parts of a person's name.

Chinese has no word boundaries: whether a hit is the name or a piece of longer words is judged at the hit by
``chinese_reasons`` (``chinese_edges.py``). That goes for long names too: 塔吉克斯坦国防部长 is a minister.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from watchlists.forms.chinese_script import converter, simplified
from watchlists.forms.form import Form

Spelling = tuple[str, tuple[str, ...]]

_DOT = re.compile(r"\s*[·・•‧∙⋅･.．—–-]\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NUMBER = re.compile(r"第?(?P<number>\d{1,4}|[〇零一二三四五六七八九十百两]{1,7})(?=[\u3400-\u9fff])")
# What a name that begins with a number counts: 二十国集团, 六方会谈.
_COUNTED = re.compile(r"(?P<number>\d{1,3}|[二三四五六七八九十]{1,3})(?=[国方大届][\u3400-\u9fff])")
_LETTERS_DIGITS = re.compile(r"(?<=[A-Za-z])(?P<joint>[-\s]?)(?=\d)")
_DIGITS = "零一二三四五六七八九"


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each listed term of ``chinese_terms.txt`` and what is written for it, the longest first."""
    text = resources.files("watchlists.forms").joinpath("chinese_terms.txt").read_text(encoding="utf-8")
    sets = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    terms = [(first.strip(), tuple(other.strip() for other in others)) for first, *others in sets]
    return tuple(sorted(terms, key=lambda term: -len(term[0])))


def chinese_forms(name: str, *, schema: str) -> Iterable[Form]:
    """Yield the spellings of a listed Chinese name, the name itself first, each once.

    ``schema`` is the FollowTheMoney schema of its entity: a ``Person`` with a dot in the name gets initials and the
    surname alone.
    """
    parts = [part for part in _DOT.split(name) if part]
    is_foreign_person = schema == "Person" and len(parts) > 1 and all(_CHINESE.search(part) for part in parts)
    spellings = _person_spellings(parts) if is_foreign_person else _phrase_spellings(name)
    seen: set[str] = set()
    for text, reasons, weak in itertools.chain([(name, (), False)], spellings):
        for spelling, why in _scripts(text):
            if spelling not in seen:
                seen.add(spelling)
                yield Form(
                    text=spelling,
                    name=name,
                    language="zh",
                    reasons=(*reasons, *why),
                    weak=weak,
                    edges="chinese",
                )


def _scripts(text: str) -> Iterator[Spelling]:
    yield text, ()
    if not _CHINESE.search(text):
        return
    simple = converter("t2s").convert(text)
    yield simple, ("simplified",)
    for config, reason in (("s2t", "traditional"), ("s2tw", "traditional, Taiwan"), ("s2hk", "traditional, Hong Kong")):
        yield converter(config).convert(simple), (reason,)
    # The same with the words that differ: 老挝 is 寮國 in Taiwan, 塔吉克斯坦 is 塔吉克.
    yield converter("s2twp").convert(simple), ("traditional, Taiwan wording",)
    mainland = converter("tw2sp").convert(text)
    if "斯坦斯坦" not in mainland:  # OpenCC 1.1.9 lengthens a name that is long already
        yield mainland, ("simplified, mainland wording",)


# Phrases: organisations, places, equipment


def _phrase_spellings(name: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    for text, reasons in ((name, ()), *_with_terms(name)):
        if reasons:
            yield text, reasons, False
        for numbered, why in _with_numerals(text):
            yield numbered, (*reasons, *why), False
        if _LETTERS_DIGITS.search(text):
            yield _LETTERS_DIGITS.sub("", text), (*reasons, "hyphen left out"), False
            yield _LETTERS_DIGITS.sub("-", text), (*reasons, "hyphen put in"), False
        if (joined := _DOT.sub("", text)) != text and not re.search(r"[A-Za-z0-9]", text):
            yield joined, (*reasons, "dot left out"), False


def _with_terms(name: str) -> Iterator[Spelling]:
    """Yield the name with its state named more shortly, as headlines do: 塔国防部 for 塔吉克斯坦国防部."""
    simple = name.translate(simplified())
    for term, others in _terms():
        if simple.startswith(term) and len(simple) - len(term) >= 2:
            for other in others:
                # One character and two of the rest would be found everywhere.
                if len(other) > 1 or len(simple) - len(term) > 2:
                    yield other + simple[len(term) :], (f"{other} for {term}",)
            return


def _with_numerals(text: str) -> Iterator[Spelling]:
    if counted := _COUNTED.match(text):
        yield from _with_count(text, counted["number"])
        return
    found = _NUMBER.search(text)
    if not found or not (found[0].startswith("第") or found["number"].isdigit()):
        return
    value = _value_of(found["number"])
    if value is None or len(text) - len(found[0]) < 2:
        return
    before, after = text[: found.start()], text[found.end() :]
    digits = "".join(_DIGITS[int(digit)] for digit in str(value))
    numerals = {str(value): "numeral", digits: "Chinese numeral", digits.replace("零", "〇"): "Chinese numeral"}
    if value < 1000:
        numerals[_counted(value)] = "Chinese numeral"
    for numeral, reason in numerals.items():
        yield f"{before}第{numeral}{after}", (reason,)
        if numeral.isdigit() or len(numeral) > 2:
            yield f"{before}{numeral}{after}", (reason, "without 第")


def _with_count(text: str, number: str) -> Iterator[Spelling]:
    """Yield the name with what it counts in the other numerals: 20国集团 for 二十国集团."""
    value = _value_of(number)
    if value is not None and 1 < value < 1000:
        yield f"{value}{text[len(number) :]}", ("numeral",)
        yield f"{_counted(value)}{text[len(number) :]}", ("Chinese numeral",)


def _value_of(number: str) -> int | None:
    """Return the value of Arabic digits, of Chinese digits one by one, or of a counted numeral below 1000."""
    if number.isdecimal():  # full-width ones, too: ２０１
        return int(number)
    plain = number.replace("〇", "零").replace("两", "二")
    if not set(plain) & {"十", "百"}:
        return int("".join(str(_DIGITS.index(digit)) for digit in plain))
    return next((value for value in range(1000) if _counted(value) == plain), None)


def _counted(value: int) -> str:
    """Return a numeral below 1000 as it is counted: 201 is 二百零一, 15 is 十五."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not value else "")


# People


def _person_spellings(parts: list[str]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    first, *between, last = parts
    yield "·".join(parts), ("dot",), False
    yield "".join(parts), ("dot left out",), False
    if between:
        yield f"{first}·{last}", ("without the middle name",), False
        yield f"{first}{last}", ("without the middle name", "dot left out"), False
    yield f"{first[0]}·{last}", ("initial",), False
    yield f"{'·'.join(part[0] for part in parts[:-1])}·{last}", ("initials",), False
    yield f"{last}·{first}", ("surname first",), False
    if len(last) > 1:
        yield last, ("surname alone",), True
