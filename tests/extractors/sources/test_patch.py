"""A patch to an outlet file changes one value and leaves the rest as it was typed."""

import pytest

from extractors.outlet import load_outlets
from extractors.sources.patch import source_moved_patch, with_value
from records import OutletError

FILE = """\
# Kept by the night desk.
title: Pamir Gazette   # its own name
country: TJ
languages: [tg,   ru]
url: https://gazette.example/
timezone: Asia/Dushanbe
sources:
  # the feed that answers
  - {kind: feed, url: https://gazette.example/feed/, language: tg}   # since 2024

  - kind: list
    url: 'https://gazette.example/all/'
    links: "h3 > a"
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "gazette.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def patch(file, old, new):
    (outlet,) = load_outlets(file)
    return source_moved_patch(file.read_text(encoding="utf-8"), outlet, path=file, old_url=old, new_url=new)


@pytest.mark.parametrize(
    ("old", "removed", "added"),
    [
        (
            "https://gazette.example/feed/",
            "-  - {kind: feed, url: https://gazette.example/feed/, language: tg}   # since 2024",
            '+  - {kind: feed, url: "https://new.example/rss.xml", language: tg}   # since 2024',
        ),
        (
            "https://gazette.example/all/",
            "-    url: 'https://gazette.example/all/'",
            '+    url: "https://new.example/rss.xml"',
        ),
    ],
    ids=["in_a_flow_mapping", "in_a_block_mapping"],
)
def test_only_the_line_of_the_address_changes(file, old, removed, added):
    lines = patch(file, old, "https://new.example/rss.xml").splitlines()
    assert lines[:2] == ["--- a/gazette.yml", "+++ b/gazette.yml"]
    assert [line for line in lines[2:] if line[0] in "-+"] == [removed, added]


def test_the_patched_file_loads_with_the_new_address(file):
    text = with_value(FILE, ("sources", 0, "url"), "https://new.example/ҳ?a=1#b", path=file)
    file.write_text(text, encoding="utf-8")
    assert load_outlets(file)[0].sources[0].url == "https://new.example/ҳ?a=1#b"


def test_an_unknown_address_changes_nothing(file):
    assert patch(file, "https://gazette.example/gone/", "https://new.example/") == ""


def test_a_change_that_would_not_load_is_refused(file):
    with pytest.raises(OutletError, match="not an http or https address"):
        patch(file, "https://gazette.example/feed/", "ftp://new.example/")
