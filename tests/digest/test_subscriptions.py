from datetime import time
from pathlib import Path

import pytest

from digest.subscriptions import WEEKDAYS, load_subscriptions, read_subscription
from records import ConfigError

WHOLE = """\
name: Анна Петрова
address: anna@example.org
lists: [security]
languages: [ru, tg]
min_priority: normal
hour: 07:30
timezone: Asia/Tashkent
weekdays: [mon, fri]
format: text
"""


def written(folder: Path, text: str, name: str = "anna.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file_is_read(tmp_path):
    reader = read_subscription(written(tmp_path, WHOLE))
    assert (reader.id, reader.name, reader.hour, reader.weekdays) == (
        "anna",
        "Анна Петрова",
        time(7, 30),
        ("mon", "fri"),
    )
    assert (reader.lists, reader.languages, reader.format) == (("security",), ("ru", "tg"), "text")


def test_name_and_address_are_enough(tmp_path):
    reader = read_subscription(written(tmp_path, "name: Desk\naddress: desk@bücher.example"))
    assert reader.address == "desk@xn--bcher-kva.example"
    assert (reader.hour, reader.timezone, reader.weekdays) == (time(7), "Asia/Dushanbe", WEEKDAYS)
    assert reader.lists is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("address: anna", "is not a mail address"),
        ('address: "a@example.org, b@example.org"', "is not a mail address"),
        ('address: "a@example.org\\r\\nBcc: b@example.org"', "is not a mail address"),
        ("address: анна@example.org", "is not a mail address"),
        ('name: "Anna\\nBcc: all"', "one line of text"),
        ("timezone: Asia/Dushambe", "Did you mean Asia/Dushanbe?"),
        ("hour: 25:00", "hour"),
        ("hour: 07:00:30", "hours and minutes"),
        ("weekdays: [monday]", "Did you mean 'mon'?"),
        ("weekdays: []", "weekdays"),
        ("lists: security", "Write a list"),
        ("list: [security]", "Did you mean 'lists'?"),
        ("format: html", "html+text"),
        ("id: bob", "not written in the file"),
    ],
    ids=lambda value: value if ":" in value else None,
)
def test_a_slip_is_answered_with_its_line_and_its_fix(tmp_path, line, said):
    key = line.partition(":")[0]
    kept = [given for given in WHOLE.splitlines() if not given.startswith(f"{key}:")]
    with pytest.raises(ConfigError) as caught:
        read_subscription(written(tmp_path, "\n".join([*kept, line])))
    assert said in str(caught.value)
    assert f"line {len(kept) + 1}" in str(caught.value)


def test_a_list_that_does_not_exist_is_named(tmp_path):
    written(tmp_path, WHOLE)
    assert len(load_subscriptions(tmp_path, known_lists=["security"])) == 1
    with pytest.raises(ConfigError, match="no watch-list 'security'"):
        load_subscriptions(tmp_path, known_lists=["secrecy"])


def test_no_folder_is_nobody_and_a_missing_one_is_said(tmp_path):
    assert load_subscriptions(None) == ()
    with pytest.raises(ConfigError, match="no such folder"):
        load_subscriptions(tmp_path / "none")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "anna.yml").mkdir()
    with pytest.raises(ConfigError, match=r"anna.yml: cannot be read: Is a directory"):
        read_subscription(tmp_path / "anna.yml")
