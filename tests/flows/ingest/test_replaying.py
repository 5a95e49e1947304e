"""An archive goes through the road without asking anybody: ours makes the same warehouse, others' make one too."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from misbehaving_press import OutletServer, article, outlet_file, watch_list
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.ingest.once import replay_once, run_once
from flows.settings import Settings
from records import ConfigError
from warehouse.asking import ask

SAID = "select canonical_url, title, text, published_at, language, revision from articles order by all"


def settings_in(folder: Path, server: OutletServer) -> Settings:
    outlets = folder / "outlets"
    outlets.mkdir(parents=True)
    (outlets / "press.yml").write_text(outlet_file(server, "fine"), encoding="utf-8")
    return Settings(data_dir=folder / "data", outlets=outlets, lists=watch_list(folder))


def test_a_warehouse_is_made_anew_from_its_archive(tmp_path: Path):
    with OutletServer(name="c0001.test") as server:
        live, again = settings_in(tmp_path / "live", server), settings_in(tmp_path / "again", server)
        run_once(live, addresses={server.name: ("127.0.0.1", server.port)})
        asked = len(server.requests)
        report = replay_once(again, live.archive)
        assert len(server.requests) == asked
    assert [(each.items, each.new, each.failures) for each in report.outlets] == [(3, 3, ())]
    assert ask(again.published, SAID).rows == ask(live.published, SAID).rows
    captured = "select article_id, warc_record_id, body_sha256, warc_file from store.captures order by all"
    assert ask(again.published, captured).rows == ask(live.published, captured).rows
    assert {origin for (origin,) in ask(again.published, "select origin from alerts").rows} == {"backscan"}
    assert replay_once(again, live.archive).outlets[0].new == 0


def test_pages_that_others_archived_land_without_a_feed(tmp_path: Path):
    kept = tmp_path / "theirs.warc.gz"
    with kept.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url in ("http://c0001.test/news/7", "http://c0001.test/about", "http://elsewhere.test/news/7"):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=BytesIO(article("7")), http_headers=head)
            writer.write_record(record)
    with OutletServer(name="c0001.test") as server:
        settings = settings_in(tmp_path, server)
        replay_once(settings, kept)
        assert server.requests == []
    assert [row[0] for row in ask(settings.published, SAID).rows] == ["http://c0001.test/news/7"]
    assert ask(settings.published, "select warc_file from store.captures").rows == (("theirs.warc.gz",),)


def test_an_archive_without_a_page_of_ours_is_an_error_and_what_cannot_be_read_is_said_once(tmp_path, caplog):
    junk = tmp_path / "junk.warc"
    junk.write_bytes(b"no WARC at all\n" * 20)
    with OutletServer(name="c0001.test") as server, pytest.raises(ConfigError, match="holds no page of an outlet"):
        replay_once(settings_in(tmp_path, server), junk)
    assert [record.getMessage().startswith(f"{junk}: the rest") for record in caplog.records] == [True]
