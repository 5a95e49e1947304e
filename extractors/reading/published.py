"""When an article was published: every place that says so, in the order it is trusted."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement

from extractors.article_rules import ArticleRules
from extractors.outlet import Outlet
from extractors.reading.dates import ParsedDate, parse_date
from extractors.reading.json_ld import plain_text
from extractors.reading.months import MONTH_NAME, month_of
from extractors.reading.page import Page
from extractors.reading.selecting import select_elements
from extractors.reading.weight import one_line
from records import FeedItem, Precision

_METAS = (
    "article:published_time", "og:published_time", "og:article:published_time", "mediator_published_time",
    "weibo: article:create_at", "datepublished", "publishdate", "pubdate", "publish_date", "publish-date",
    "publication_date", "publish_time", "article.published", "parsely-pub-date", "sailthru.date", "og:time", "date",
    "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "datecreated",
    "firstpublishedtime", "og:release_date", "apub:time", "pub_date", "cxenseparse:recs:publishtime",
)  # fmt: skip

# Where the sites of the beat put the day into the address; the first that gives a day.
_URL_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?P<year>20\d\d)/(?P<month>[01]?\d)/(?P<day>[0-3]?\d)(?:/|$)",
        r"/(?P<year>20\d\d)[-_](?P<month>[01]?\d)[-_](?P<day>[0-3]?\d)(?:[/_]|$)",
        r"/(?P<year>20\d\d)[-/](?P<month>[01]\d)[-/]?(?P<day>[0-3]\d)/",
        r"/(?P<year>20\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)/",
        r"/(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)-",
        r"[/t](?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)[/_]",
    )
)
# Elements that carry a date by their name; a hundred-character limit keeps sentences out.
_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|data|published?|pubtime|pub-?date|posted|created|info|about|meta|source|article-?info|"
    r"h-time|header-time)|(?:time|date)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_MAX_CHARS = 120
_MOST_DATED = 150  # elements looked at; further down stand comments and other articles
# Not the day an article came out: the day it was changed, a comment or another article was written.
_OTHER_DAY = re.compile(r"обновлен|изменен|updated|modified|最后更新|修改|комментари|评论", re.IGNORECASE)
_HAS_DATE = re.compile(r"\d|вчера|сегодня|назад|дирӯз|имрӯз|пеш|前|昨|今|yesterday|today", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The date believed, and the place it was read from; a time of another place that names the same day is added."""

    published_at: datetime
    precision: Precision
    raw: str
    source: str


def find_published(
    page: Page, *, rules: ArticleRules, outlet: Outlet | None, item: FeedItem | None, seen_at: datetime
) -> Published | None:
    """Return when the article was published: feed, JSON-LD, meta, selector, address, text; ``None`` where none says.

    Dates a day after ``seen_at`` or later and dates before the outlet existed are refused, and the next place is asked.
    A day without an hour takes the hour of a less trusted place that names the same day.
    """
    zone = _zone_of(page) if outlet is None else ZoneInfo(outlet.timezone)
    language = None if outlet is None else outlet.languages[0]
    best: tuple[str, ParsedDate] | None = None
    for source, text in _stated_dates(page, rules, item):
        found = _read(text, rules, zone=zone, seen_at=seen_at, language=language)
        if found is None or _before_outlet(found, outlet, zone):
            continue
        if best is None:
            best = (source, found)
        elif _same_day(best[1], found, zone):
            best = (best[0] if best[0] == source else f"{best[0]}, hour from {source}", found)
        if best[1].precision != "day":
            break
    if best is None:
        best = _guessed(page, zone, seen_at)
    if best is None or _before_outlet(best[1], outlet, zone):
        return None
    source, date = best
    return Published(published_at=date.published_at, precision=date.precision, raw=date.raw, source=source)


def _read(
    text: str, rules: ArticleRules, *, zone: tzinfo, seen_at: datetime, language: str | None
) -> ParsedDate | None:
    for form in rules.date_formats:
        if moment := _by_format(text, form):
            stated = moment.isoformat(timespec="seconds" if "%S" in form else "minutes")
            return parse_date(stated if "%H" in form else stated[:10], zone=zone, seen_at=seen_at)
    return parse_date(text, zone=zone, seen_at=seen_at, language=language)


def _by_format(text: str, form: str) -> datetime | None:
    """Read a date by a strptime format whose month names are those of the outlet's language."""
    if "%B" in form or "%b" in form:
        names = list(re.finditer(rf"(?<!\w){MONTH_NAME}(?!\w)", text, re.IGNORECASE))
        if not names:
            return None
        month = str(month_of(names[0][0].casefold()))
        text = text[: names[0].start()] + month + text[names[0].end() :]
        form = form.replace("%B", "%m").replace("%b", "%m")
    try:
        return datetime.strptime(text.strip(), form)  # noqa: DTZ007  the outlet's zone is added by parse_date
    except ValueError:
        return None


def _before_outlet(date: ParsedDate, outlet: Outlet | None, zone: tzinfo) -> bool:
    since = None if outlet is None else outlet.since
    return since is not None and date.published_at.astimezone(zone).date() < since


def _same_day(best: ParsedDate, other: ParsedDate, zone: tzinfo) -> bool:
    if best.precision != "day" or other.precision == "day":
        return False
    return best.published_at.astimezone(zone).date() == other.published_at.astimezone(zone).date()


# (ends of hosts, language, zone): for sites without an outlet file.
_ZONES = (
    ((".tj", "ozodi.org"), "tg", "Asia/Dushanbe"),
    ((".kg",), "ky", "Asia/Bishkek"),
    ((".uz",), "uz", "Asia/Tashkent"),
    ((".kz",), "kk", "Asia/Almaty"),
    ((".cn", "xinhuanet.com", "huanqiu.com", "ifeng.com", "163.com"), "zh", "Asia/Shanghai"),
    ((".ru",), "ru", "Europe/Moscow"),
)
_SCRIPTS = (("tg", re.compile("[ҳқҷӯғӣ]")), ("zh", re.compile("[\u4e00-\u9fff]")), ("ru", re.compile("[а-я]")))


def _zone_of(page: Page) -> tzinfo:
    """Return the zone a site is likely in: by its host, the language it declares, the letters of its title."""
    host = urlsplit(page.url).hostname or ""
    declared = page.tree.get("lang") or page.first_meta("content-language", "dc.language", "og:locale")
    title = page.tree.findtext(".//title") or ""
    written = next((language for language, letters in _SCRIPTS if letters.search(title.casefold())), "")
    for by_host, wanted in ((True, host), (False, declared.casefold()[:2]), (False, written)):
        for ends, language, zone in _ZONES:
            if wanted.endswith(ends) if by_host else wanted == language:
                return ZoneInfo(zone)
    return UTC


def _stated_dates(page: Page, rules: ArticleRules, item: FeedItem | None) -> Iterator[tuple[str, str]]:
    if item is not None and item.published_at is not None:
        yield "feed", item.published_at.isoformat()
    name = rules.json_ld.get("date")
    if name and (own := plain_text(page.json_ld.properties.get(name))):
        yield "json-ld", own
    if page.json_ld.published:
        yield "json-ld", page.json_ld.published
    for meta in _METAS:
        if meta in page.metas:
            yield "meta", page.metas[meta]
    for node in select_elements(page.tree, rules.date):
        yield from (("selector", text) for text in _texts_of(node))
    yield from (("url", text) for text in _url_dates(page.url, rules))
    yield from (("text", text) for text in _visible_dates(page.tree))


def _texts_of(node: HtmlElement | str) -> Iterator[str]:
    if isinstance(node, str):
        yield one_line(node)
        return
    for attribute in ("datetime", "content", "data-unixtime", "data-time", "data-timestamp", "data-date", "title"):
        if value := node.get(attribute):
            yield value
    # Blanks between the elements: <em>2026</em><em>11</em> is not 202611.
    yield one_line(" ".join(node.itertext()))


def _url_dates(url: str, rules: ArticleRules) -> Iterator[str]:
    patterns: Sequence[re.Pattern[str]] = _URL_DATES
    if rules.url_date:
        patterns = (re.compile(rules.url_date), *patterns)
    for pattern in patterns:
        if match := pattern.search(url):
            parts = {"day": None, "hour": None, "minute": None} | match.groupdict()
            if parts["day"] is None:
                continue  # addresses that name the month only: khovar.tj/2026/11/...
            year, month, day = (int(parts[name]) for name in ("year", "month", "day"))
            clock = f"T{int(parts['hour']):02}:{int(parts['minute'] or 0):02}" if parts["hour"] else ""
            yield f"{year if year > 99 else 2000 + year:04}-{month:02}-{day:02}{clock}"


def _visible_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield short texts that may be the article's date: microdata, what is named so, what follows the headline."""
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield from _texts_of(element)
    headings = [heading for heading in tree.iter("h1") if one_line(heading.text_content())]
    followers = [node for heading in headings[-1:] for node in _around(heading)]
    named = [node for node in tree.iter("time", "span", "div", "p", "em", "li", "td", "a") if _is_dated(node)]
    for node in [*followers, *named[:_MOST_DATED]]:
        text = _short_text(node)
        if text and _HAS_DATE.search(text) and not _OTHER_DAY.search(text):
            yield from (value for name in ("datetime", "data-unixtime") if (value := node.get(name)))
            yield text


def _short_text(node: HtmlElement) -> str:
    """Return the text of an element, or nothing where it is longer than a date; long ones are not read to the end."""
    pieces: list[str] = []
    chars = 0
    for piece in node.itertext():
        if blank := piece.strip():
            pieces.append(blank)
            chars += len(blank)
            if chars > _DATE_MAX_CHARS:
                return ""
    return one_line(" ".join(pieces))


def _is_dated(node: HtmlElement) -> bool:
    if node.tag == "time" or node.get("data-unixtime"):
        return True
    names = f"{node.get('class', '')} {node.get('id', '')}"
    return names != " " and _DATE_NAME.search(names) is not None


def _around(heading: HtmlElement) -> list[HtmlElement]:
    """Return the elements right before and behind a headline, nearest first."""
    found: list[HtmlElement] = []
    element = heading
    for _ in range(3):  # the headline's box, its box, and the one around
        for sibling in list(element.itersiblings())[:3]:
            found += [sibling, *list(sibling.iterdescendants())[:8]]
        found += list(element.itersiblings(preceding=True))[:2]
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return [
        node
        for node in found
        if isinstance(node.tag, str) and not re.search(r"comment|related", node.get("class") or "", re.IGNORECASE)
    ]


def _guessed(page: Page, zone: tzinfo, seen_at: datetime) -> tuple[str, ParsedDate] | None:
    """Ask htmldate, which weighs every date in the page; slow, and right about the day more often than not.

    Addresses are taken out first: a date in one of them is that of the page it leads to.
    """
    from htmldate import find_date  # noqa: PLC0415  a fifth of a second to import, and most pages do without

    tree = copy.deepcopy(page.tree)
    etree.strip_attributes(tree, "href", "src", "srcset")
    found = find_date(tree, original_date=True, extensive_search=True, max_date=seen_at)
    date = parse_date(found, zone=zone, seen_at=seen_at) if found else None
    return None if date is None else ("htmldate", date)
