"""A warehouse is made again from its archive, row by row the same, and nothing an analyst did is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from misbehaving_press import OutletServer, outlet_file, watch_list

from flows.ingest.once import run_once
from flows.ingest.rebuilding import rebuild
from flows.settings import Settings
from records import WarehouseError
from warehouse import open_warehouse
from warehouse.asking import ask
from warehouse.opening import Warehouse
from warehouse.rebuilding import take_place
from warehouse.sqlfiles import sql_names, sql_of

# What a rebuild may change, and why. All else is the same, row by row.
MAY_DIFFER = {
    "articles": ("landed_at",),  # the rebuilt one landed today
    "matchings": ("matched_at",),  # ... and was matched today
}
# Of this program, not of what was collected; a rebuild is a run of its own.
ITS_OWN = {"schema_migrations", "contract", "runs", "outlet_reports", "digests", "digest_alerts", "verdicts"}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The warehouse as a run and an analyst left it, and the one made again from its archive."""
    folder = tmp_path_factory.mktemp("rebuilt")
    with OutletServer(name="c0001.test") as server:
        outlets = folder / "outlets"
        outlets.mkdir()
        (outlets / "press.yml").write_text(outlet_file(server, "fine"), encoding="utf-8")
        settings = Settings(data_dir=folder / "data", outlets=outlets, lists=watch_list(folder))
        run_once(settings, addresses={server.name: ("127.0.0.1", server.port)})
        with open_warehouse(settings.warehouse) as warehouse:
            read_and_mail(warehouse)
        asked = len(server.requests)
        _, moved = rebuild(settings)
        assert len(server.requests) == asked
    assert moved is not None
    return moved, settings.warehouse


def read_and_mail(warehouse: Warehouse) -> None:
    """Judge an alert, send a digest, keep one waiting; and land an article that no archive holds."""
    warehouse.connection.execute(
        """
        insert into store.verdicts select alert_id, 'wrong', 'ann', 'a namesake', current_date from store.alerts;
        insert into store.digests
            (digest_id, reader, since_at, until_at, subject, made_at, sent_at, state, mail)
        values ('sent', 'ann', current_date, current_date, 's', current_date, current_date, 'sent', null),
               ('waits', 'bob', current_date, current_date, 's', current_date, null, 'waiting', 'mail'::blob);
        insert into store.digest_alerts select 'ann', alert_id, 'sent' from store.alerts;
        insert into store.articles select * replace (
            'imported' as article_id, 'https://elsewhere.example/1' as url, url as canonical_url
        ) from store.articles limit 1;
        insert into store.matchings select * replace ('imported' as article_id) from store.matchings limit 1;
        update store.articles set engine = 'argos', model_version = '1', title_en = 'Title', text_en = 'Text',
            dropped_names = [], translated_at = current_date;
        """
    )


def tables(path: Path) -> set[str]:
    return {name for (name,) in ask(path, "select table_name from duckdb_tables() where schema_name = 'store'").rows}


def test_every_table_is_rebuilt_row_by_row(rebuilt):
    before, after = rebuilt
    for table in sorted(tables(before) - ITS_OWN):
        left_out = ", ".join(MAY_DIFFER.get(table, ()))
        rows = f"select * {f'exclude ({left_out})' if left_out else ''} from store.{table} order by all"
        assert ask(after, rows).rows == ask(before, rows).rows, table


@pytest.mark.parametrize("table", ["verdicts", "digests", "digest_alerts", "runs", "outlet_reports"])
def test_what_analysts_and_runs_did_is_carried_over(rebuilt, table):
    before, after = rebuilt
    rows = ask(before, f"select * from store.{table}").rows
    assert rows
    assert set(map(str, rows)) <= set(map(str, ask(after, f"select * from store.{table}").rows))


def test_every_table_says_whether_a_rebuild_carries_it(rebuilt):
    carrying = "\n".join(sql_of("carrying", name) for name in sql_names("carrying"))
    silent = [name for name in tables(rebuilt[0]) if f"old.store.{name}" not in carrying]
    assert sorted(silent) == ["contract", "schema_migrations"]


def test_a_rebuilt_warehouse_that_breaks_its_rules_is_not_put_in_place(tmp_path):
    kept, broken = tmp_path / "w.duckdb", tmp_path / "new" / "w.duckdb"
    for path in (kept, broken):
        with open_warehouse(path) as warehouse:
            if path == broken:
                warehouse.connection.execute("insert into store.story_parts values ('none', 's', 'first', 1)")
    was = kept.read_bytes()
    with pytest.raises(WarehouseError, match="stories_have_articles"):
        take_place(broken, kept)
    assert kept.read_bytes() == was
