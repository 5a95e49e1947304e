from datetime import timedelta
from pathlib import Path

import pytest

from records import WarehouseError
from records.landing import Batch
from tests.warehouse.press import NOON, article, item, whole_batch
from warehouse import land, open_warehouse, pending_items
from warehouse.caring import PrunePolicy, backup, check, prune, restore
from warehouse.sqlfiles import sql_names

COUNT = "select count(*) from store.articles"

BREAKING = {
    "alerts_agree_with_articles": "update store.alerts set dated_at = dated_at + interval 1 hour",
    "alerts_have_articles": "update store.alerts set article_id = 'none'",
    "digests_tell_known_alerts": "insert into store.digest_alerts values ('r', 'none', 'none')",
    "keys_stand_once": "insert into store.alerts from store.alerts",
    "landed_items_have_articles": "update store.feed_items set article_id = 'none'",
    "matchings_have_articles": "insert into store.matchings values ('none', 'l', 'v', 'h', now()::timestamp, null)",
    "mentions_agree_with_articles": "update store.mentions set language = 'zh'",
    "mentions_have_articles": "update store.mentions set article_id = 'none'",
    "mentions_stand_once": "insert into store.mentions from store.mentions",
    "mentions_stand_where_they_say": "update store.mentions set span_start = span_start + 1",
    "mentions_were_matched": "delete from store.matchings",
    "revisions_are_counted": "update store.articles set revision = 3",
    "unsent_digests_have_their_mail": """insert into store.digests
        (digest_id, reader, since_at, until_at, subject, made_at, state)
        values ('d', 'r', now()::timestamp, now()::timestamp, 's', now()::timestamp, 'waiting')""",
    "stories_have_articles": "insert into store.story_parts values ('none', 's', 'first', 1)",
    "verdicts_judge_known_alerts": "insert into store.verdicts values ('none', 'right', 'me', null, now()::timestamp)",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_warehouse(tmp_path / "w.duckdb") as warehouse:
        land(warehouse, whole_batch())
    return tmp_path / "w.duckdb"


def articles(path: Path) -> int:
    with open_warehouse(path) as warehouse:
        ((count,),) = warehouse.connection.execute(COUNT).fetchall()
    return int(count)


def test_every_check_has_a_case():
    assert set(BREAKING) == set(sql_names("checks"))


@pytest.mark.parametrize("name", BREAKING)
def test_a_check_passes_until_its_rule_is_broken(path, name):
    with open_warehouse(path) as warehouse:
        assert [result for result in check(warehouse) if result.broken] == []
        warehouse.connection.execute(BREAKING[name])
        broken = {result.name: result for result in check(warehouse) if result.broken}
        assert name in broken
        assert broken[name].rule.endswith(".")


def test_a_backup_comes_back_whole_and_what_was_there_is_kept(path, tmp_path):
    kept = backup(path, tmp_path / "backups").path
    with open_warehouse(path) as warehouse:
        land(warehouse, Batch(landed_at=NOON, articles=(article("later"),)))
    moved = restore(kept, path)
    assert articles(path) == 1
    assert moved is not None
    assert articles(moved) == 2


def test_what_is_no_backup_touches_nothing(path, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("no database")
    with pytest.raises(WarehouseError, match="not a backup"):
        restore(other, path)
    assert articles(path) == 1


def test_pruning_counts_first_and_removes_only_when_told(path):
    with open_warehouse(path) as warehouse:
        land(warehouse, Batch(landed_at=NOON, items=(item("pending"),), articles=(article("dull"),)))
        policy = PrunePolicy(articles=30)
        later = NOON + timedelta(days=1000)
        planned = prune(warehouse, policy, now=later)
        assert planned == prune(warehouse, policy, now=later)
        assert planned["failures"] == planned["reports"] == planned["fetch_states"] == planned["feed_items"] == 1
        assert planned["articles_5_articles"] == 1
        assert prune(warehouse, policy, now=later, dry_run=False) == planned
        assert set(prune(warehouse, policy, now=later).values()) == {0}
        assert len(pending_items(warehouse, "asia-plus", now=later)) == 1
        assert warehouse.connection.execute(COUNT).fetchall() == [(1,)]
        assert [result for result in check(warehouse) if result.broken] == []


def test_nothing_but_notes_is_pruned_unless_asked(path):
    with open_warehouse(path) as warehouse:
        assert not [name for name in prune(warehouse, PrunePolicy(), now=NOON) if name.startswith("articles")]
