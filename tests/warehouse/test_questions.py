"""The worked questions of docs/sql.md, asked of a small press whose answers are known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records import Article
from records.landing import Batch, MissedPage, StoryPart
from tests.warehouse.press import (
    alert,
    article,
    entity,
    failure,
    guess,
    mention,
    outlet,
    report,
    translation,
    watch_list,
)
from warehouse import finish_run, land, open_warehouse, start_run, sync_lists, sync_outlets
from warehouse.asking import ask
from warehouse.documenting import question_of
from warehouse.publishing import publish
from warehouse.sqlfiles import sql_names

# Questions speak of the last days, so the press is of today.
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def dated(slug: str, text: str, *, outlet_id: str, hours_ago: int, byline: str | None = None) -> Article:
    at = NOW - hours_ago * HOUR
    page = article(slug, outlet_id=outlet_id, title=f"О {slug}", text=text, at=at, published_at=at, byline=byline)
    return replace(page, published_at=at - timedelta(minutes=10))


RANGE = "201-я военная база и ОДКБ на полигоне Харбмайдон."
FIRST = dated("учения", RANGE, outlet_id="asia-plus", hours_ago=5, byline="А. Б.")
COPY = dated("копия", RANGE, outlet_id="khovar", hours_ago=4)
CHINA = dated("演练", "塔吉克斯坦 ОДКБ", outlet_id="xinhua", hours_ago=3)
TAJIK = dated("пост", "Дар Ишкошим дидбонгоҳ.", outlet_id="khovar", hours_ago=6)
OLD = dated("давно", "201-я военная база.", outlet_id="asia-plus", hours_ago=24 * 30)
UNDATED = replace(dated("без-даты", "Ни о ком.", outlet_id="xinhua", hours_ago=7), published_at=None)
EDITED = dated("правка", "Здесь 201-я военная база была.", outlet_id="asia-plus", hours_ago=8)
EDIT = dated("правка", "Здесь никого нет.", outlet_id="asia-plus", hours_ago=2)


def fill(path: Path) -> None:
    base, csto = "201-я военная база", "ОДКБ"
    china = replace(outlet("xinhua", languages=("zh",)), country="CN", publisher_kind="state")
    names = [
        ("base-201", "201st Military Base"),
        ("csto", "CSTO"),
        ("ishkashim", "Ishkashim"),
        ("never", "Never Named"),
    ]
    mentions = (
        mention(FIRST, base),
        mention(FIRST, csto, entity_id="csto"),
        mention(COPY, base),
        mention(CHINA, csto, entity_id="csto"),
        replace(mention(TAJIK, "Ишкошим", entity_id="ishkashim"), score=0.4),
        mention(OLD, base),
        mention(EDITED, base),
    )
    with open_warehouse(path) as warehouse:
        sync_outlets(warehouse, (outlet("asia-plus"), outlet("khovar"), china, outlet("silent")), now=NOW)
        sync_lists(warehouse, (watch_list(),), [entity(key, caption=caption) for key, caption in names], now=NOW)
        start_run(warehouse, "run-1", kind="collect", started_at=NOW - HOUR)
        pages = (FIRST, COPY, CHINA, TAJIK, OLD, UNDATED, EDITED)
        languages = {CHINA: ("zh",), UNDATED: ("zh",), TAJIK: ("tg", "ru")}
        batch = Batch(
            landed_at=NOW - HOUR,
            articles=pages,
            languages=tuple(guess(page, *languages.get(page, ("ru",))) for page in pages),
            translations=(translation(FIRST, dropped=("CSTO",)), translation(COPY)),
            mentions=mentions,
            alerts=(
                alert(FIRST, at=NOW - HOUR),
                alert(CHINA, entity_id="csto", at=NOW - HOUR),
                alert(EDITED, at=NOW - HOUR),
                replace(alert(OLD, at=NOW - HOUR), origin="backscan"),
            ),
            story_parts=(
                StoryPart(story_id="s", article_id=FIRST.article_id, relation="first", similarity=1),
                StoryPart(story_id="s", article_id=COPY.article_id, relation="copy", similarity=0.99),
            ),
            reports=(replace(report(outlet_id="asia-plus"), failures=(failure(at=NOW - HOUR),)),),
        )
        land(warehouse, batch)
        land(warehouse, Batch(landed_at=NOW, articles=(EDIT,), languages=(guess(EDIT),)))
        for hours in (30, 18, 6):
            missed = MissedPage(url=OLD.url, outlet_id=OLD.outlet_id, status=404, missed_at=NOW - hours * HOUR)
            land(warehouse, Batch(landed_at=missed.missed_at, missed_pages=(missed,)))
        finish_run(warehouse, "run-1", finished_at=NOW)
        # Of two verdicts the newest counts, and one that is unsure says nothing of the name.
        base, csto = alert(FIRST).alert_id, alert(CHINA, entity_id="csto").alert_id
        warehouse.connection.execute(
            "insert into store.verdicts values ($base, 'right', 'me', null, timestamp '2026-11-20 12:00'), "
            "($base, 'wrong', 'me', null, timestamp '2026-11-20 12:01'), ($csto, 'unsure', 'me', null, current_date)",
            {"base": base, "csto": csto},
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "w.duckdb"
    fill(path)
    return publish(path).path


# What must stand among the answers: some columns of some row.
ANSWERS: dict[str, list[dict[str, object]]] = {
    "alerts_today": [{"caption": "201st Military Base", "title": "Exercise at Kharbmaydon"}, {"caption": "CSTO"}],
    "first_reported": [{"first_outlet_id": "asia-plus", "outlets": 2, "articles": 2}],
    "who_leads_whom": [
        {"outlet_id": "asia-plus", "first": 1, "later": 0},
        {"outlet_id": "khovar", "first": 0, "later": 1, "median_lag_minutes": 60.0},
    ],
    "weekly_mentions_by_language": [{"language": "ru", "mentions": 1, "articles": 1}],
    "every_line": [{"surface": "201-я военная база", "line": FIRST.text}],
    "who_covers_it": [{"outlet_id": "khovar", "articles": 1}, {"outlet_id": "xinhua", "articles": 0, "mentions": 0}],
    "not_in_chinese_state_media": [{"caption": "201st Military Base"}, {"caption": "Ishkashim"}],
    "silent_outlets": [{"outlet_id": "silent", "status": "unknown"}],
    "named_together": [{"title": "Exercise at Kharbmaydon"}],
    "company_it_keeps": [{"caption": "CSTO", "articles": 1}],
    "edited_after_publication": [{"outlet_id": "asia-plus", "characters": len(EDIT.text) - len(EDITED.text)}],
    "names_edited_out": [{"entity_id": "base-201", "outlet_id": "asia-plus", "title": EDIT.title}],
    "names_lost_in_translation": [{"dropped_names": ["CSTO"], "title_en": "Exercise at Kharbmaydon"}],
    "waiting_for_translation": [{"language": "zh", "articles": 1}],
    "rising": [{"caption": "201st Military Base", "last_7_days": 2}],
    "named_for_the_first_time": [{"entity_id": "csto", "first_outlet_id": "asia-plus", "articles": 2}],
    "only_in_tajik": [{"caption": "Ishkashim", "articles": 1}],
    "state_and_independent": [{"caption": "CSTO", "state": 1, "independent": 1, "other": 0}],
    "search": [{"outlet": "Asia-Plus", "title": "Exercise at Kharbmaydon"}, {"outlet": "Khovar"}],
    "how_it_is_written": [{"surface": "201-я военная база", "mentions": 3}],
    "doubtful_mentions": [{"score": 0.4, "caption": "Ishkashim"}],
    "false_alarms": [{"judged": 1, "wrong": 1, "percent_wrong": 100.0}],
    "undated": [{"outlet_id": "xinhua", "percent_undated": 50.0}],
    "how_soon_seen": [{"outlet_id": "khovar", "median_minutes": 10.0}],
    "hours_of_publication": [{"outlet_id": "khovar", "articles": 2}],
    "failures_today": [{"outlet_id": "asia-plus", "step": "fetch", "times": 1}],
    "who_copies": [{"outlet_id": "khovar", "copied_from": "asia-plus", "copies": 1}],
    "languages_of_outlets": [{"outlet_id": "khovar", "language": "tg", "articles": 1}],
    "authors": [{"byline": "А. Б.", "articles": 1}],
    "never_named": [{"entity_id": "never"}],
    "found_by_backscan": [{"caption": "201st Military Base", "outlet": "Asia-Plus"}],
    "both_sides_of_the_border": [{"caption": "CSTO", "tajik_articles": 1, "chinese_articles": 1}],
    "tajik_that_quotes_russian": [{"title": TAJIK.title, "languages": "tg, ru", "named": "Ishkashim"}],
    "taken_down": [{"outlet_id": OLD.outlet_id, "title": OLD.title, "named": ["201st Military Base"]}],
    "runs_of_the_week": [{"kind": "collect", "outcome": "done"}],
}

# What must not stand among them.
NOT_ANSWERS: dict[str, tuple[str, object]] = {
    "alerts_today": ("outlet", "Khovar"),
    "not_in_chinese_state_media": ("caption", "CSTO"),
    "only_in_tajik": ("caption", "CSTO"),
    "named_for_the_first_time": ("entity_id", "base-201"),
    "never_named": ("entity_id", "csto"),
    "silent_outlets": ("outlet_id", "asia-plus"),
}


@pytest.mark.parametrize("name", sql_names("questions"))
def test_a_question_gets_its_answer(copy, name):
    answer = ask(copy, question_of(name)[1])
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    for wanted in ANSWERS[name[3:]]:
        assert any(all(row[key] == value for key, value in wanted.items()) for row in rows), rows
    column, value = NOT_ANSWERS.get(name[3:], (None, None))
    assert all(row[column] != value for row in rows if column)
