from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records.landing import Batch, StoryPart
from tests.warehouse.press import (
    NOON,
    alert,
    article,
    entity,
    guess,
    mention,
    outlet,
    report,
    translation,
    watch_list,
    whole_batch,
)
from warehouse import land, open_warehouse, read_edition, sync_lists, sync_outlets
from warehouse.syncing import finish_run, start_run

SINCE, UNTIL = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.fixture
def warehouse(tmp_path: Path):
    with open_warehouse(tmp_path / "w.duckdb") as opened:
        sync_outlets(opened, (outlet("asia-plus"), outlet("khovar")), now=NOON)
        sync_lists(opened, (watch_list(),), (entity(),), now=NOON)
        yield opened


def test_an_edition_tells_each_story_once_with_its_evidence(warehouse):
    land(warehouse, whole_batch())
    edition = read_edition(warehouse, since=SINCE, until=UNTIL)
    (item,) = edition.items
    assert item.title_en == "Exercise at Kharbmaydon"
    assert item.priority == "high"
    (evidence,) = item.evidence
    assert evidence.before + evidence.surface + evidence.after == "Военные 201-й базы прибыли на полигон Харбмайдон."
    assert evidence.caption == "201st Military Base"
    assert evidence.line_en == "Servicemen of the 201st base came to the Kharbmaydon range."
    assert edition.trends[0].weeks[-1] == 1


def test_articles_of_one_story_are_one_item_led_by_who_was_first(warehouse):
    first = article(
        "one", outlet_id="khovar", at=NOON - timedelta(minutes=40), published_at=NOON - timedelta(minutes=40)
    )
    copy = article("two")
    parts = (
        StoryPart(story_id="s", article_id=first.article_id, relation="first", similarity=1),
        StoryPart(story_id="s", article_id=copy.article_id, relation="copy", similarity=0.9),
    )
    batch = Batch(
        landed_at=NOON,
        articles=(first, copy),
        languages=(guess(first), guess(copy)),
        mentions=(mention(first, "201-й базы"), mention(copy, "201-й базы")),
        alerts=(alert(first), alert(copy)),
        story_parts=parts,
    )
    land(warehouse, batch)
    (item,) = read_edition(warehouse, since=SINCE, until=UNTIL).items
    assert item.outlet == "Khovar"
    assert len(item.alert_ids) == 2
    assert [(r.outlet, r.relation, r.lag_minutes) for r in item.retellings] == [("Asia-Plus", "copy", 40)]


def test_what_a_back_scan_found_is_apart(warehouse):
    page = article("old")
    land(warehouse, Batch(landed_at=NOON, articles=(page,), alerts=(replace(alert(page), origin="backscan"),)))
    edition = read_edition(warehouse, since=SINCE, until=UNTIL)
    assert edition.items == ()
    assert [item.article_id for item in edition.backscanned] == [page.article_id]


@pytest.mark.parametrize(
    ("wish", "count"),
    [
        ({}, 1),
        ({"lists": ["security"]}, 1),
        ({"lists": ["other"]}, 0),
        ({"languages": ["ru"]}, 1),
        ({"languages": ["zh"]}, 0),
        ({"min_priority": "high"}, 1),
        ({"until": NOON - timedelta(minutes=1)}, 0),
    ],
    ids=str,
)
def test_a_reader_gets_what_was_asked_for(warehouse, wish, count):
    land(warehouse, whole_batch())
    assert len(read_edition(warehouse, **({"since": SINCE, "until": UNTIL} | wish)).items) == count


def test_an_edition_says_how_complete_it_is(warehouse):
    page = article("untranslated")
    land(warehouse, Batch(landed_at=NOON, articles=(page,), languages=(guess(page),), reports=(report(),)))
    completeness = read_edition(warehouse, since=SINCE, until=UNTIL).completeness
    assert (completeness.sources, completeness.articles, completeness.untranslated) == (2, 1, 1)
    assert [(trouble.outlet, trouble.status) for trouble in completeness.troubles] == [("Khovar", "unknown")]


def test_a_run_in_which_no_outlet_answered_has_finished_too(warehouse):
    for hour, outcome in ((1, "done"), (2, "failed"), (3, "killed")):
        start_run(warehouse, f"run-{hour}", kind="ingest", started_at=NOON + timedelta(hours=hour))
        finish_run(warehouse, f"run-{hour}", finished_at=NOON + timedelta(hours=hour, minutes=5), outcome=outcome)
    completeness = read_edition(warehouse, since=SINCE, until=UNTIL).completeness
    assert completeness.last_run_at == NOON + timedelta(hours=2, minutes=5)


def test_pages_that_are_only_glossed_are_counted_apart(warehouse):
    page = article("glossed")
    batch = Batch(
        landed_at=NOON,
        articles=(page,),
        languages=(guess(page),),
        translations=(replace(translation(page), engine="gloss"),),
    )
    land(warehouse, batch)
    completeness = read_edition(warehouse, since=SINCE, until=UNTIL).completeness
    assert (completeness.articles, completeness.untranslated, completeness.glossed) == (1, 0, 1)


def test_a_line_of_an_english_article_has_no_english_beneath_it(warehouse):
    page = article("exercise", title="The 201-й базы drill")
    told = replace(guess(page), language="en", script="Latn")
    named = replace(mention(page, "201-й базы"), field="title", start=4, end=14)
    land(
        warehouse, Batch(landed_at=NOON, articles=(page,), languages=(told,), alerts=(alert(page),), mentions=(named,))
    )
    (item,) = read_edition(warehouse, since=SINCE, until=UNTIL).items
    (evidence,) = item.evidence
    assert (evidence.before, evidence.surface, evidence.line_en) == ("The ", "201-й базы", None)


def test_a_translated_line_with_the_name_is_shown(warehouse):
    page = article("exercise")
    english = replace(translation(page), text="One. Men of the 201st Military Base (all) arrived. Two.")
    land(
        warehouse,
        Batch(
            landed_at=NOON,
            articles=(page,),
            languages=(guess(page),),
            translations=(english,),
            alerts=(alert(page),),
            mentions=(mention(page, "201-й базы"),),
        ),
    )
    (item,) = read_edition(warehouse, since=SINCE, until=UNTIL).items
    assert item.evidence[0].line_en == "Men of the 201st Military Base (all) arrived."


def named_daily(days: range, *, hours: int, first_seen: int) -> Batch:
    """Return an article a day, so many hours before the end of the edition's day; the oldest was seen that day."""
    pages = []
    for day in days:
        at = UNTIL - timedelta(days=day, hours=hours)
        pages.append(article(f"day{day}", at=max(at, UNTIL - timedelta(days=first_seen)), published_at=at))
    return Batch(
        landed_at=NOON,
        articles=tuple(pages),
        languages=tuple(guess(page) for page in pages),
        mentions=tuple(mention(page, "201-й базы") for page in pages),
        alerts=(alert(pages[0], at=NOON),),
    )


@pytest.mark.parametrize(
    ("days", "first_seen", "usual"),
    [
        pytest.param(80, 80, 7.0, id="sixty days and more"),
        pytest.param(27, 27, 7.0, id="twenty days of the sixty"),
        pytest.param(80, 27, 7.0, id="feeds reached back before the first run"),
        pytest.param(20, 20, None, id="thirteen days"),
        pytest.param(80, 0, None, id="the first run"),
    ],
)
def test_seven_days_are_whole_and_a_usual_week_is_of_the_days_watched(warehouse, days, first_seen, usual):
    land(warehouse, named_daily(range(days), hours=14, first_seen=first_seen))
    (trend,) = read_edition(warehouse, since=SINCE, until=UNTIL).trends
    assert trend.usual == usual
    assert trend.weeks[-1] == 7
    assert trend.weeks[-2] == 7
