from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records import WarehouseError, content_hash_of
from records.landing import Batch, Capture, ItemOutcome
from tests.warehouse.press import (
    NOON,
    alert,
    article,
    entity,
    guess,
    item,
    landed_item,
    matching,
    mention,
    state,
    translation,
    watch_list,
    whole_batch,
)
from warehouse import (
    Warehouse,
    fetch_states,
    finish_run,
    known_articles,
    land,
    open_warehouse,
    pending_items,
    recheck_urls,
    start_run,
    sync_lists,
    unidentified,
    unmatched,
    untranslated,
)
from warehouse.backscanning import unmatched_by_list

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "w.duckdb") as opened:
        yield opened


def rows(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    return warehouse.connection.execute(query).fetchall()


def everything(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    names = rows(warehouse, "select table_name from duckdb_tables() where schema_name = 'store' order by 1")
    return {str(name): rows(warehouse, f"select * from store.{name} order by all") for (name,) in names}


def changed(text: str, *, hours: int = 1) -> Batch:
    return whole_batch(text=text, at=NOON + timedelta(hours=hours))


def test_a_first_landing_says_all_is_new(warehouse):
    batch = whole_batch()
    landed = land(warehouse, batch)
    assert landed.new == (batch.articles[0].article_id,)
    assert landed.revised == landed.unchanged == landed.stale == ()
    assert landed.new_alerts == (batch.alerts[0].alert_id,)
    assert (landed.new_items, landed.translations, landed.mentions) == (1, 1, 1)


def test_landing_twice_equals_landing_once(warehouse):
    land(warehouse, whole_batch())
    once = everything(warehouse)
    again = land(warehouse, whole_batch())
    assert again.new == again.revised == again.new_alerts == ()
    assert again.new_items == 0
    assert everything(warehouse) == once


def test_a_changed_page_is_one_revision_of_the_same_article(warehouse):
    land(warehouse, whole_batch())
    batch = changed("Военные 201-й базы прибыли утром.")
    landed = land(warehouse, batch)
    assert landed.revised == (batch.articles[0].article_id,)
    assert landed.new == landed.new_alerts == ()
    assert rows(warehouse, "select revision, text from store.revisions") == [(1, whole_batch().articles[0].text)]
    assert rows(warehouse, "select revision, text from store.articles") == [(1, batch.articles[0].text)]


def test_an_old_batch_that_comes_again_late_changes_nothing(warehouse):
    land(warehouse, whole_batch())
    land(warehouse, changed("Военные 201-й базы прибыли утром."))
    before = everything(warehouse)
    landed = land(warehouse, whole_batch())
    assert landed.stale == landed.unchanged == (whole_batch().articles[0].article_id,)
    assert everything(warehouse) == before


def test_a_page_that_changes_back_is_a_second_revision(warehouse):
    land(warehouse, whole_batch())
    land(warehouse, changed("Другой текст."))
    landed = land(warehouse, whole_batch(at=NOON + timedelta(hours=2)))
    assert len(landed.revised) == 1
    assert rows(warehouse, "select count(*) from store.revisions") == [(2,)]


def test_a_revision_without_the_name_drops_its_mentions_and_keeps_its_alert(warehouse):
    land(warehouse, whole_batch())
    land(warehouse, changed("Имени больше нет."))
    assert rows(warehouse, "select * from store.mentions") == []
    assert len(rows(warehouse, "select * from store.alerts")) == 1


def test_a_revision_keeps_whom_the_earlier_version_named(warehouse):
    land(warehouse, whole_batch())
    land(warehouse, changed("Имени больше нет."))
    land(warehouse, changed("И снова нет.", hours=2))
    assert rows(warehouse, "select named from store.revisions order by revision") == [(["base-201"],), ([],)]


def test_an_alert_goes_along_when_a_revision_changes_the_date(warehouse):
    land(warehouse, whole_batch())
    page = article("exercise", text="Новое.", at=LATER, published_at=NOON - timedelta(days=3))
    land(warehouse, Batch(landed_at=LATER, articles=(page,)))
    assert rows(warehouse, "select dated_at from alerts") == rows(warehouse, "select dated_at from articles")


def test_a_revision_that_is_not_matched_yet_has_no_mentions_and_waits(warehouse):
    land(warehouse, whole_batch())
    page = article("exercise", text="Уже другое.", at=LATER)
    land(warehouse, Batch(landed_at=LATER, articles=(page,)))
    assert rows(warehouse, "select * from store.mentions") == []
    assert [waiting.text for waiting in unmatched(warehouse)] == ["Уже другое."]


def test_a_revision_without_a_date_keeps_the_date_it_had(warehouse):
    page = article("a")
    land(warehouse, Batch(landed_at=NOON, articles=(page,)))
    undated = replace(
        article("a", text="Новое.", at=LATER, published_at=None), content_hash=content_hash_of(page.title, "Новое.")
    )
    land(warehouse, Batch(landed_at=LATER, articles=(undated,)))
    assert rows(warehouse, "select published_at, date_source from store.articles") == [
        (NOON.replace(tzinfo=None), "feed")
    ]


def test_mentions_of_a_retired_entity_stay_when_its_list_is_matched_again(warehouse):
    page = article("a")
    lists = (watch_list(),)
    sync_lists(warehouse, lists, (entity("base-201"), entity("old")), now=NOON)
    found = (mention(page, "201-й базы"), mention(page, "Харбмайдон", entity_id="old"))
    land(warehouse, Batch(landed_at=NOON, articles=(page,), mentions=found))
    sync_lists(warehouse, (watch_list(version="v2"),), (entity("base-201"),), now=LATER)
    land(warehouse, Batch(landed_at=LATER, mentions=(mention(page, "201-й базы", version="v2"),)))
    assert rows(warehouse, "select entity_id, list_version from store.mentions order by all") == [
        ("base-201", "v2"),
        ("old", "v1"),
    ]
    assert rows(warehouse, "select dropped_at is not null from store.entities where entity_id = 'old'") == [(True,)]
    assert rows(warehouse, "select count(*) from store.entity_names where entity_id = 'old'") == [(2,)]


def test_a_translation_of_a_version_that_changed_meanwhile_is_left_out(warehouse):
    page = article("a")
    land(warehouse, Batch(landed_at=NOON, articles=(page,), languages=(guess(page),)))
    (waiting,) = untranslated(warehouse, languages=["ru"])
    newer = article("a", text="Уже другое.", at=LATER)
    land(warehouse, Batch(landed_at=LATER, articles=(newer,), languages=(guess(newer),)))
    basis = ((waiting.article_id, waiting.content_hash),)
    landed = land(warehouse, Batch(landed_at=LATER, translations=(translation(page),), basis=basis))
    assert landed.stale == (page.article_id,)
    assert [article.text for article in untranslated(warehouse, languages=["ru"])] == ["Уже другое."]


def test_a_batch_that_fails_lands_nothing_of_itself(warehouse):
    stranger = article("never-landed")
    batch = replace(whole_batch(), mentions=(mention(stranger, "201-й базы"),))
    with pytest.raises(WarehouseError, match=f"never landed, {stranger.article_id}"):
        land(warehouse, batch)
    assert rows(warehouse, "select count(*) from store.articles") == [(0,)]
    assert rows(warehouse, "select count(*) from store.feed_items") == [(0,)]
    assert land(warehouse, whole_batch()).new


def test_items_wait_until_their_page_has_landed(warehouse):
    feed = state("https://asia-plus.example/rss")
    seen = Batch(landed_at=NOON, items=(item("a"), item("b", position=1)), fetch_states=(feed,))
    assert land(warehouse, seen).new_items == 2
    assert fetch_states(warehouse, "asia-plus") == {feed.url: feed}
    assert [p.item for p in pending_items(warehouse, "asia-plus", now=NOON)] == list(seen.items)
    land(warehouse, Batch(landed_at=LATER, articles=(article("a"),), outcomes=(landed_item("a"),)))
    assert [p.item.title for p in pending_items(warehouse, "asia-plus", now=LATER)] == ["b"]


def test_a_page_that_fails_is_due_again_later_and_later_and_given_up_in_the_end(warehouse):
    land(warehouse, Batch(landed_at=NOON, items=(item("a"),)))
    now, pauses = NOON, []
    while due := pending_items(warehouse, "asia-plus", now=now):
        outcome = ItemOutcome(outlet_id="asia-plus", url=due[0].item.url, state="retry", problem="500")
        land(warehouse, Batch(landed_at=now, outcomes=(outcome,)))
        assert pending_items(warehouse, "asia-plus", now=now) == ()
        ((next_try_at, gone),) = rows(warehouse, "select next_try_at, state = 'gone' from store.feed_items")
        pauses.append(next_try_at - now.replace(tzinfo=None))
        now += pauses[-1]
        if gone:
            break
    assert pauses[0] == timedelta(minutes=15)
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(days=1)
    assert len(pauses) == 12


def test_a_young_article_is_asked_again_with_growing_pauses(warehouse):
    page = article("a")
    land(warehouse, Batch(landed_at=NOON, articles=(page,), fetch_states=(state(page.url),)))
    now, asked = NOON, []
    while now < NOON + timedelta(days=3):
        now += timedelta(minutes=1)
        if recheck_urls(warehouse, "asia-plus", now=now):
            asked.append(now)
            land(warehouse, Batch(landed_at=now, fetch_states=(state(page.url, at=now),)))
        now += timedelta(minutes=19)
    assert 8 <= len(asked) <= 16
    assert asked[-1] <= NOON + timedelta(days=2)


@pytest.mark.parametrize("text", ["a\ud800b 201-й базы", "nul\0 201-й базы", "", "🛩️\u202e"], ids=ascii)
def test_any_text_a_page_can_hold_lands(warehouse, text):
    page = article("a", text=text)
    assert land(warehouse, Batch(landed_at=NOON, articles=(page,))).new == (page.article_id,)


def test_two_entries_of_one_url_in_one_batch_are_one(warehouse):
    page = article("a")
    batch = Batch(
        landed_at=NOON,
        articles=(page, replace(page, fetched_at=LATER)),
        items=(item("a"), item("a", position=7)),
        alerts=(alert(page), alert(page)),
        fetch_states=(state(page.url), state(page.url, etag='"2"', at=LATER)),
    )
    landed = land(warehouse, batch)
    assert (landed.new_items, len(landed.new), len(landed.new_alerts)) == (1, 1, 1)
    assert fetch_states(warehouse, "asia-plus")[page.url].etag == '"2"'
    assert pending_items(warehouse, "asia-plus", now=NOON)[0].item.position == 0


def test_what_a_killed_run_left_undone_is_in_the_backlogs(warehouse):
    page = article("a")
    land(warehouse, Batch(landed_at=NOON, articles=(page,)))
    assert [a.article_id for a in unidentified(warehouse)] == [page.article_id]
    assert [a.article_id for a in unmatched(warehouse)] == [page.article_id]
    land(warehouse, Batch(landed_at=NOON, languages=(guess(page),), matchings=(matching(page),)))
    assert unidentified(warehouse) == unmatched(warehouse) == ()
    assert unmatched_by_list(warehouse, "security", "v1").article_id == []
    assert unmatched_by_list(warehouse, "security", "v2").language == ["ru"]
    assert [a.article_id for a in untranslated(warehouse, languages=["ru"])] == [page.article_id]
    assert untranslated(warehouse, languages=["zh"]) == ()


@pytest.mark.parametrize("matched", [(), ("another",)], ids=["nothing matched", "another list"])
def test_a_list_that_was_never_matched_waits_for_as_many_articles_as_were_asked_for(warehouse, matched):
    pages = tuple(article(f"p{number}", published_at=NOON + timedelta(minutes=number)) for number in range(9))
    matchings = tuple(matching(page, list_id=list_id) for page in pages for list_id in matched)
    land(warehouse, Batch(landed_at=NOON, articles=pages, matchings=matchings))
    waiting = unmatched_by_list(warehouse, "security", "v1", limit=2)
    assert set(waiting.article_id) == {pages[8].article_id, pages[7].article_id}
    older = unmatched_by_list(warehouse, "security", "v1", limit=1, before=min(waiting.dated_at))
    assert older.article_id == [pages[6].article_id]


def test_known_articles_are_those_that_landed(warehouse):
    land(warehouse, whole_batch())
    landed = whole_batch().articles[0].article_id
    assert known_articles(warehouse, ["0" * 16, landed]) == {landed}


def test_a_run_that_never_finished_is_killed_once_the_next_of_its_kind_starts(warehouse):
    start_run(warehouse, "one", kind="collect", started_at=NOON)
    start_run(warehouse, "other", kind="translate", started_at=NOON)
    start_run(warehouse, "two", kind="collect", started_at=LATER)
    finish_run(warehouse, "two", finished_at=LATER)
    assert rows(warehouse, "select run_id, outcome from store.runs order by 1") == [
        ("one", "killed"),
        ("other", None),
        ("two", "done"),
    ]


def test_one_archive_record_is_the_evidence_of_every_article_read_from_it(warehouse):
    pages = (article("a1"), article("a2"))
    captures = tuple(
        Capture(
            article_id=page.article_id,
            url="https://asiaplustj.info/ru/rss.xml",
            fetched_at=NOON,
            body_sha256="0" * 64,
            warc_file="a.warc.gz",
            warc_record_id="<urn:uuid:1>",
        )
        for page in pages
    )
    for _ in range(2):
        land(warehouse, Batch(landed_at=NOON, articles=pages, captures=captures))
    kept = rows(warehouse, "select article_id from store.captures order by all")
    assert kept == sorted((page.article_id,) for page in pages)
