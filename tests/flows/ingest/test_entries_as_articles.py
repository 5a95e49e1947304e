"""Feed entries that are whole articles: no page is asked for, and the feed's own record is their evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving_press import OutletServer, outlet_file, watch_list

from extractors.fetching.replay import replay
from flows.ingest.once import replay_once, run_once
from flows.settings import Settings
from warehouse.asking import ask, open_reader
from warehouse.citing import citable_of

SAID = "select canonical_url, title, text, fetched_at from articles order by all"
CAPTURES = "select warc_record_id, warc_file, body_sha256, url, count(*) from store.captures group by all"


@pytest.fixture(params=["read: item", "full_text: true"])
def press(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Settings, OutletServer]]:
    """An outlet whose feed says all there is: by the outlet's rule, or by the source's."""
    with OutletServer(name="c0001.test") as server:
        folder = tmp_path / "outlets"
        folder.mkdir()
        text = outlet_file(server, "fine")
        rule = (
            ("title: h1, body: div.body", "read: item")
            if request.param == "read: item"
            else ('fine"', f'fine", {request.param}')
        )
        assert rule[0] in text
        (folder / "press.yml").write_text(text.replace(*rule), encoding="utf-8")
        yield Settings(data_dir=tmp_path / "data", outlets=folder, lists=watch_list(tmp_path)), server


def run(settings: Settings, server: OutletServer, **more: int) -> None:
    run_once(settings, addresses={server.name: ("127.0.0.1", server.port)}, **more)


def test_no_page_is_asked_for_and_the_feeds_record_proves_each_article(press):
    settings, server = press
    run(settings, server)
    assert server.paths() == ["/fine"]
    (kept,) = (answer for answer in replay(settings.archive) if answer.url.endswith("/fine"))
    proof = (kept.warc_record_id, kept.warc_file, hashlib.sha256(kept.body).hexdigest(), kept.url, 3)
    assert ask(settings.published, CAPTURES).rows == (proof,)
    with open_reader(settings.published) as reader:
        cited = citable_of(reader, "http://c0001.test/news/0")
    assert (cited.archive_file, cited.body_sha256) == proof[1:3]


def test_an_entry_read_in_a_later_run_keeps_the_evidence_of_the_poll_that_brought_it(press):
    settings, server = press
    run(settings, server, limit=1)
    run(settings, server)
    ((*_, articles),) = ask(settings.published, CAPTURES).rows
    assert (articles, server.paths()) == (3, ["/fine", "/fine"])


def test_a_replay_of_the_archive_says_and_proves_the_same(press, tmp_path):
    settings, server = press
    run(settings, server)
    again = settings.model_copy(update={"data_dir": tmp_path / "again"})
    replay_once(again, settings.archive)
    for sql in (SAID, CAPTURES):
        assert ask(again.published, sql).rows == ask(settings.published, sql).rows


def test_an_entry_without_text_has_its_page_read(tmp_path):
    with OutletServer(name="c0001.test") as server:
        folder = tmp_path / "outlets"
        folder.mkdir()
        (folder / "press.yml").write_text(
            outlet_file(server, "bare").replace('bare"', 'bare", full_text: true'), encoding="utf-8"
        )
        entry = "<item><title>Учения</title><link>http://press.test/news/7</link></item>"
        server.pages["bare"] = lambda connection, _: connection.answer(
            f"<rss version='2.0'><channel><title>A</title>{entry}</channel></rss>".encode()
        )
        run(Settings(data_dir=tmp_path / "data", outlets=folder, lists=watch_list(tmp_path)), server)
        assert server.paths() == ["/bare", "/news/7"]
