"""Say in plain words what an edition holds. Pure functions from records to text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from records.counting import count_of
from records.digests import Completeness, DigestEdition, DigestItem, Evidence, SourceTrouble, Trend

LANGUAGES = {
    "ru": "Russian",
    "tg": "Tajik",
    "zh": "Chinese",
    "en": "English",
    "fa": "Persian",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "uz": "Uzbek",
}

# A title is a line or two; what is longer is a page that was read wrongly, or mischief.
TITLE_CHARACTERS = 240

# Browsers and servers take 2,000 everywhere; what is longer only fills the mail.
URL_CHARACTERS = 2_000

# Not the full block: fonts set it lower than its sisters.
_ERROR_CLASS = re.compile(r"^[A-Z]\w*(Error|Exception|Warning): ")

_BARS = "▁▂▃▄▅▆▇"

# Explained of a sentence; that is a list of names then, and all of them are marked.
_LINE_NAMES = 8

# Of a story that is told by its headline; a line has no room for more.
_HEADLINE_IDS = 2

# Of the names that a long tail of stories is about: a line or two of a mail.
_TAIL_NAMES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence that alerted, told once however many names stand in it.

    ``pieces`` are its text in order, each with whether it is a name; ``evidence`` are the names in it, in the order of
    their importance.
    """

    pieces: tuple[tuple[str, bool], ...]
    evidence: tuple[Evidence, ...]
    line_en: str | None


def clean(text: str, limit: int = TITLE_CHARACTERS) -> str:
    """Return text from a page as one harmless line: no controls, no direction marks, not longer than ``limit``."""
    # Cc: controls and line breaks; Cf: direction marks and overrides, zero-width signs; Cs: broken UTF-16.
    kept = "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text)
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def safe_url(url: str) -> str | None:
    """Return the address if it is one a reader may follow: http or https, on one line, as it is seen."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    plain = len(url) <= URL_CHARACTERS and url.isprintable() and not re.search(r"[\s\"<>]", url)
    return url if plain and parts.scheme in {"http", "https"} and parts.hostname else None


def day_of(moment: datetime, timezone: str) -> str:
    """Return the day in the reader's zone: ``Sunday, 22 November 2026``."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{local:%A}, {local.day} {local:%B %Y}"


def moment_of(moment: datetime, timezone: str, *, precision: str | None = "minute") -> str:
    """Return a moment in the reader's zone: ``22 Nov, 07:00``; the day alone where no more is known."""
    local = moment.astimezone(ZoneInfo(timezone))
    day = f"{local.day} {local:%b}"
    return day if precision == "day" else f"{day}, {local:%H:%M}"


def lag_of(minutes: int) -> str:
    """Return how much later: ``40 min later``, ``3 h later``, ``2 days later``."""
    if minutes < 0:
        return "earlier"
    if minutes < 90:
        return f"{minutes} min later"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} h later"
    return f"{round(minutes / 1440)} days later"


def language_of(code: str) -> str:
    """Return the English name of a language."""
    return LANGUAGES.get(code, "language unknown" if code == "und" else code)


def is_translated(evidence: Evidence) -> bool:
    """Say whether a line is of the translation: the original does not name the entity."""
    return evidence.field in {"translated_title", "translated_text"}


def lines_of(evidence: Iterable[Evidence]) -> tuple[Line, ...]:
    """Return the sentences that alerted, in the order of their first name: names of one sentence stand in it together.

    A space stands beside a name only where the original has one.
    """
    sentences: dict[tuple[bool, str], list[Evidence]] = {}
    for shown in evidence:
        sentences.setdefault((is_translated(shown), "".join(_parts_of(shown))), []).append(shown)
    return tuple(
        Line(
            pieces=_pieces(sentence, names),
            evidence=tuple(names),
            line_en=next((shown.line_en for shown in names if shown.line_en), None),
        )
        for (_, sentence), names in sentences.items()
    )


def _parts_of(evidence: Evidence) -> tuple[str, str, str]:
    before, after = clean(evidence.before), clean(evidence.after)
    spaced_before = before + " " if evidence.before[-1:].isspace() else before
    spaced_after = " " + after if evidence.after[:1].isspace() else after
    return spaced_before, clean(evidence.surface), spaced_after


def _pieces(sentence: str, names: Iterable[Evidence]) -> tuple[tuple[str, bool], ...]:
    """Cut a sentence where names begin and end; names that overlap or touch become one piece."""
    pieces: list[tuple[str, bool]] = []
    told = 0
    for start, end in sorted((len(before), len(before) + len(name)) for before, name, _ in map(_parts_of, names)):
        if pieces and start <= told:
            pieces[-1] = (pieces[-1][0] + sentence[told:end], True)
        else:
            pieces += [(sentence[told:start], False), (sentence[start:end], True)]
        told = max(told, end)
    return tuple(piece for piece in (*pieces, (sentence[told:], False)) if piece[0])


def names_in(line: Line) -> str:
    """Return whom a line names, the most important first, each with the id of its alert."""
    return ", ".join(dict.fromkeys(_name_and_id(shown) for shown in line.evidence[:_LINE_NAMES]))


def _name_and_id(shown: Evidence) -> str:
    """Return whom evidence names with the id of its alert: ``201st Military Base [3f2a91bc]``."""
    return clean(shown.caption, 80) + (f" [{shown.short_id}]" if shown.short_id else "")


def ids_of(item: DigestItem) -> str:
    """Return the ids of a story's alerts that are told of it, one a name: ``[3f2a91bc, 0b7de410, +4]``."""
    told = list(dict.fromkeys(shown.short_id for shown in item.evidence if shown.short_id)) or list(item.short_ids)
    more = f", +{len(told) - _HEADLINE_IDS}" if len(told) > _HEADLINE_IDS else ""
    return f"[{', '.join(told[:_HEADLINE_IDS])}{more}]" if told else ""


def has_ids(edition: DigestEdition) -> bool:
    """Say whether an edition tells alerts by their ids, so that verdicts can be given on them."""
    return any(item.short_ids for item in (*edition.items, *edition.backscanned))


def untold_names(lines: Sequence[Line], told: int) -> int:
    """Return how many names stand only in lines after those that are told."""
    return sum(len(line.evidence) for line in lines[told:])


def whys_of(line: Line, *, named: bool = False) -> str:
    """Say why a line alerted, a sentence for each name; ``named`` puts whom it is about and the alert's id first."""
    told, more = line.evidence[:_LINE_NAMES], len(line.evidence) - _LINE_NAMES
    whys = [f"{_name_and_id(shown)}: {why_of(shown)}." if named else f"{why_of(shown)}." for shown in told]
    return " ".join([*whys, f"{count_of(more, 'more name')} in it."] if more > 0 else whys)


def why_of(evidence: Evidence) -> str:
    """Say why a line alerted."""
    surface, name = clean(evidence.surface), clean(evidence.name)
    how = f"“{name}” stands there as it is listed" if surface == name else f"“{surface}” is read as “{name}”"
    # "As listed" says again what the line has said.
    steps = "; ".join(clean(reason) for reason in evidence.reasons if reason != "as listed")
    return f"{how}: {steps}" if steps else how


def completeness_of(completeness: Completeness, timezone: str) -> str:
    """Say in a sentence or three how far the edition can be trusted."""
    if completeness.sources == 0:
        return "No sources are set up yet."
    normal = completeness.sources - len(completeness.troubles)
    parts = [f"{normal} of {count_of(completeness.sources, 'source')} normal"]
    parts += [_trouble(trouble, timezone) for trouble in completeness.troubles[:5]]
    if len(completeness.troubles) > 5:
        parts.append(f"{len(completeness.troubles) - 5} more not normal (wakhan status names them)")
    if completeness.untranslated:
        parts.append(f"{count_of(completeness.untranslated, 'page')} untranslated")
    if completeness.glossed:
        parts.append(f"{count_of(completeness.glossed, 'page')} in English word by word only")
    read = f"{count_of(completeness.articles, 'article')} read"
    if completeness.last_run_at is None:
        return "; ".join(parts) + f". {read}; no run has finished yet."
    return "; ".join(parts) + f". {read}; last run finished {moment_of(completeness.last_run_at, timezone)}."


def _trouble(trouble: SourceTrouble, timezone: str) -> str:
    words = {"unknown": "not asked yet"}.get(trouble.status, trouble.status)
    since = f" since {moment_of(trouble.since, timezone)}" if trouble.since else ""
    # The name of an error's class is for those who read the code.
    said = _ERROR_CLASS.sub("", trouble.message or "")
    message = f": {clean(said[:1].lower() + said[1:], 240).rstrip('.')}" if said else ""
    return f"{clean(trouble.outlet)} {words}{since}{message}"


def summary_of(edition: DigestEdition) -> str:
    """Return the edition in one line: ``5 alerts in 4 stories, 2 of high priority``."""
    if not edition.items and not edition.backscanned:
        return "No alerts"
    alerts = sum(len(item.alert_ids) for item in edition.items)
    line = f"{count_of(alerts, 'alert')} in {count_of(len(edition.items), 'story', 'stories')}"
    high = sum(1 for item in edition.items if item.priority == "high")
    if high:
        line += f", {high} of high priority"
    if edition.backscanned:
        line += f"; {count_of(len(edition.backscanned), 'more story', 'more stories')} from older articles"
    return line


def window_of(edition: DigestEdition) -> str:
    """Return the time an edition covers: ``21 Nov, 07:00 to 22 Nov, 07:00``."""
    return f"{moment_of(edition.since, edition.timezone)} to {moment_of(edition.until, edition.timezone)}"


def tail_of(items: Sequence[DigestItem]) -> str:
    """Say what stories that are not told one by one are about: how many of each priority, and whom most of them name.

    ``1,704 stories more (862 high, 842 normal). Most of them name: 201st Military Base (112), ...``
    """
    priorities = Counter(item.priority for item in items)
    shares = ", ".join(f"{priorities[name]:,} {name}" for name in ("high", "normal", "low") if priorities[name])
    names = Counter(
        caption for item in items for caption in dict.fromkeys(clean(shown.caption, 80) for shown in item.evidence)
    )
    # Ties by name, so that the same day is told in the same words.
    most = sorted(names.items(), key=lambda named: (-named[1], named[0]))[:_TAIL_NAMES]
    line = f"{count_of(len(items), 'story more', 'stories more')} ({shares})."
    return f"{line} Most of them name: {', '.join(f'{name} ({count:,})' for name, count in most)}." if most else line


def query_of(edition: DigestEdition, *, older: bool = False) -> str:
    """Return the command that lists every alert of the edition; ``older`` those from older articles."""
    # Whole seconds, a fraction on either side rather than an alert too few.
    since, until = edition.since.astimezone(UTC), edition.until.astimezone(UTC) + timedelta(seconds=1)
    origin = "backscan" if older else "live"
    return (
        f"wakhan sql \"from alerts where origin = '{origin}' and created_at between "
        f"'{since:%Y-%m-%d %H:%M:%S}' and '{until:%Y-%m-%d %H:%M:%S}'\""
    )


def subject_of(edition: DigestEdition) -> str:
    """Return the subject of the mail."""
    local = edition.until.astimezone(ZoneInfo(edition.timezone))
    lead = edition.items[0] if edition.items else None
    subject = f"Wakhan {local.day} {local:%b}: {summary_of(edition)}"
    return f"{subject} · {headline_of(lead, 80)}" if lead else subject


def headline_of(item: DigestItem, limit: int = TITLE_CHARACTERS) -> str:
    """Return the title to show, English where there is one; never nothing, since it is what is clicked on."""
    return clean(item.title_en or "", limit) or clean(item.title, limit) or "(no title)"


def captions_of(item: DigestItem, trends: Sequence[Trend] = ()) -> tuple[str, ...]:
    """Return whom and what the story names, each with its mark where it is named much more or less than usual."""
    marks = {trend.entity_id: trend_of(trend) for trend in trends}
    names = dict.fromkeys((evidence.entity_id, clean(evidence.caption, 80)) for evidence in item.evidence)
    return tuple(
        f"{caption} {mark}" if (mark := marks.get(entity_id, ""))[:1] in {"▲", "▼"} else caption
        for entity_id, caption in names
    )


def is_gloss(item: DigestItem) -> bool:
    """Say whether the English title was put together word by word, without a translation model."""
    return item.title_en is not None and item.engine == "gloss"


def archive_link(item: DigestItem, archive_url: str | None) -> str | None:
    """Return the address at which the copy that was read is replayed: moment and page, as replay servers take them."""
    if item.archived is None or archive_url is None:
        return None
    return safe_url(f"{archive_url}{item.archived.fetched_at.astimezone(UTC):%Y%m%d%H%M%S}/{item.archived.url}")


def sparkline_of(weeks: Sequence[int]) -> str:
    """Draw the counts of weeks as bars that any mail client shows."""
    top = max(weeks, default=0)
    return "".join(_BARS[round(count / top * (len(_BARS) - 1))] if top else _BARS[0] for count in weeks)


def trend_of(trend: Trend) -> str:
    """Say how the last seven days compare with the sixty before."""
    now = trend.weeks[-1] if trend.weeks else 0
    if trend.usual is None:
        return ""
    if trend.usual == 0:
        return "new" if now else ""
    times = now / trend.usual
    # Below a half more or a third less, a week's count says nothing.
    if times >= 1.5 and now >= 3:
        return f"▲ {times:.1f}×"
    if times <= 0.67 and trend.usual >= 3:
        return f"▼ {times:.1f}×"
    return "as usual"
