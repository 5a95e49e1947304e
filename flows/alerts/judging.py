"""Verdicts given: rows in the warehouse, and a phrase in the list of what was found wrongly."""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.alerts.listing import alert_json, one_line, title_of
from flows.alerts.phrases import line_language, phrase_of
from flows.door import WAIT_SECONDS
from flows.names.editing import Kept, keep_change, own_list_of
from records import ConfigError, WarehouseError, WatchlistError
from records.verdicts import Judgement, ToldAlert, Verdict
from warehouse.asking import open_current
from warehouse.judging import Judged, alerts_named, land_verdicts, wrong_alerts
from warehouse.opening import Warehouse, need_warehouse, open_warehouse
from warehouse.publishing import publish
from warehouse.reading import DatedArticle, articles_since
from watchlists.editing import extend_entity
from watchlists.history import git_name
from watchlists.listfile import WatchList
from watchlists.matching import ArticleText, compile_matcher

if TYPE_CHECKING:
    from flows.settings import Settings

Phrases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """A list file with phrases in which an entity does not count.

    ``still_named`` are those of the judged alerts whose articles name the entity all the same.
    """

    kept: Kept
    entity_id: str
    still_named: tuple[ToldAlert, ...]


def reader_of(by: str | None, settings: Settings) -> str:
    """Return who gives a verdict: the one named, the setting, git's ``user.name``, or the login.

    Raises ``ConfigError`` where none of them says.
    """
    named = by or settings.reader or git_name(_folder_of(settings.lists))
    if named and named.strip():
        return named.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise ConfigError(
            "it is not clear who says so", key="reader", fix="Add --by NAME, or `reader: NAME`"
        ) from error


def give_verdicts(
    settings: Settings,
    wanted: Sequence[str],
    said: Judgement,
    *,
    reader: str,
    note: str | None,
    phrases: Phrases,
    reason: str | None,
    now: datetime,
) -> tuple[tuple[ToldAlert, ...], Extended | None]:
    """Add a verdict to each alert, and ``phrases`` to the ``not`` lines of their entity; then publish.

    The list is committed where it is kept in git, with the reason, else the note, else the alert as its message.
    Nothing is written where an alert is not known or not unique, or where the list cannot be changed: raises
    ``WarehouseError`` or ``WatchlistError``.
    """
    need_warehouse(settings.warehouse)
    with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
        alerts = alerts_named(warehouse, wanted)
        # The list first: it refuses what is wrong, and a verdict cannot be taken back.
        kept = _extend(settings, alerts, phrases, reason=reason, note=note) if phrases else None
        verdicts = [
            Verdict(alert_id=alert.alert_id, verdict=said, reader=reader, note=note or None) for alert in alerts
        ]
        land_verdicts(warehouse, verdicts, given_at=now)
        judged = alerts_named(warehouse, [alert.alert_id for alert in alerts])
        articles = _articles_of(warehouse, alerts) if kept else ()
    publish(settings.warehouse, settings.published, wait_seconds=WAIT_SECONDS)
    if kept is None:
        return judged, None
    return judged, Extended(
        kept=kept,
        entity_id=alerts[0].entity_id,
        still_named=_still_named(kept.watch_list, judged, articles),
    )


def judged_wrong(published: Path) -> tuple[Judged, ...]:
    """Return how many alerts of each entity were judged wrong; none where nothing of this version is published."""
    try:
        with open_current(published) as reader:
            return wrong_alerts(reader)
    except WarehouseError:
        # Lists are checked before anything has landed, too.
        return ()


def _extend(
    settings: Settings, alerts: Sequence[ToldAlert], phrases: Phrases, *, reason: str | None, note: str | None
) -> Kept:
    """Add ``not`` phrases, and commit the list where it is kept in git."""
    entities = list(dict.fromkeys(alert.entity_id for alert in alerts))
    if len(entities) > 1:
        raise WatchlistError(
            f"--not is of one entity, and these alerts are of {len(entities)}: {', '.join(entities)}",
            fix="Judge those of each by themselves",
        )
    alert = alerts[0]
    file = own_list_of(alert.entity_id, alert.list_id, settings.lists)
    why = f"{alert.caption}: alert {alert.short_id} is wrong ({alert.outlet}, {alert.day:%Y-%m-%d})"
    return keep_change(
        file,
        lambda: extend_entity(file, alert.entity_id, {"not": phrases}),
        reason=reason,
        otherwise=(note or "").strip() or why,
    )


def _articles_of(warehouse: Warehouse, alerts: Sequence[ToldAlert]) -> tuple[DatedArticle, ...]:
    since = min(alert.dated_at for alert in alerts)
    return tuple(articles_since(warehouse, since=since, article_ids=[alert.article_id for alert in alerts]))


def _still_named(
    watch_list: WatchList, alerts: Sequence[ToldAlert], articles: Sequence[DatedArticle]
) -> tuple[ToldAlert, ...]:
    entity = watch_list.entity(alerts[0].entity_id)
    assert entity is not None
    matcher = compile_matcher((watch_list.model_copy(update={"entities": (entity,)}),))
    named = {
        article.article_id
        for article, _ in matcher.find_many_in_both(
            ArticleText(
                article_id=each.article_id,
                title=each.title,
                text=each.text,
                language=each.language,
                translation=each.translation,
            )
            for each in articles
        )
    }
    return tuple(alert for alert in alerts if alert.article_id in named)


def judged_line(alert: ToldAlert) -> str:
    """Return an alert in a line, with what was said of it."""
    day = f"{alert.day:%Y-%m-%d}"
    return "  ".join((alert.short_id, alert.verdict or "", day, alert.caption, f"{alert.outlet}: {title_of(alert)}"))


def judged_json(alert: ToldAlert, *, reader: str, note: str | None) -> dict[str, object]:
    """Return a judged alert as JSON values; a wrong one with a phrase for a ``not`` line, where one is found."""
    proposed = proposal_of(alert) if alert.verdict == "wrong" else None
    return alert_json(alert) | {
        "reader": reader,
        "note": note,
        "not": None if proposed is None else {proposed[0]: proposed[1]},
    }


def line_of(alert: ToldAlert) -> str | None:
    """Return the line that alerted, the name between asterisks; ``None`` where it was edited out since."""
    shown = alert.evidence
    return None if shown is None else one_line(f"{shown.before}*{shown.surface}*{shown.after}")


def proposal_of(alert: ToldAlert) -> tuple[str, str] | None:
    """Return a phrase in which the name would not count, its language first; ``None`` where the line has none."""
    if alert.evidence is None:
        return None
    language = line_language(alert.evidence, alert.language)
    phrase = None if language == "und" else phrase_of(alert.evidence, language)
    return None if phrase is None else (language, one_line(phrase))


def mending_command(alert: ToldAlert, settings_file: Path | None) -> str | None:
    """Return the command that keeps such a line from alerting, ready to paste into a shell."""
    proposed = proposal_of(alert)
    if proposed is None:
        return None
    language, phrase = proposed
    program = ["wakhan", *(["--settings", str(settings_file)] if settings_file else [])]
    words = shlex.join([*program, "lists", "extend", alert.entity_id, "--not"])
    return f"{words} {language}={shlex.quote(phrase)}"


def _folder_of(lists: Path | None) -> Path:
    if lists is None or not lists.exists():
        return Path()
    return lists if lists.is_dir() else lists.parent
