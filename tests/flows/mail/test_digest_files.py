"""The digest as files."""

from digest import render_digest
from flows.mail.digests import write_digest
from tests.digest.editions import EDITION


def test_the_text_lies_beside_the_page_that_stands_alone(tmp_path):
    rendered = render_digest(EDITION)
    assert write_digest(rendered, tmp_path / "new" / "day.html") == tmp_path / "new" / "day.html"
    assert (tmp_path / "new" / "day.html").read_text(encoding="utf-8") == rendered.page
    assert (tmp_path / "new" / "day.txt").read_text(encoding="utf-8") == rendered.text


def test_a_path_that_ends_in_txt_is_the_text_alone(tmp_path):
    rendered = render_digest(EDITION)
    write_digest(rendered, tmp_path / "day.txt")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [
        ("day.txt", rendered.text)
    ]
