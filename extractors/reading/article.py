"""A page in, an ``Article`` out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from extractors.article_rules import ArticleRules
from extractors.outlet import Lookup, Outlet
from extractors.reading.blocks import article_lines
from extractors.reading.body import read_body
from extractors.reading.credits import find_authors, find_source, read_credit
from extractors.reading.leads import find_lead, with_lead
from extractors.reading.page import Page, parse_page
from extractors.reading.paging import next_page_url
from extractors.reading.published import find_published
from extractors.reading.selecting import html_blocks, remove_elements, select_text, select_texts
from extractors.reading.titles import find_title, site_names
from extractors.reading.weight import one_line, weight_of
from extractors.urls import canonical_url
from records import Article, Credit, ExtractError, FeedItem, Fetched, article_id_of, content_hash_of

_NO_RULES = ArticleRules()

# Titles of pages that say an article is gone, answered with 200.
_ERROR_PAGE = re.compile(
    r"^\W*(?:(?:ошибка|error)?\s*404\b|страница не найдена|page not found|not found\b|саҳифа ёфт нашуд|"
    r"页面(?:不存在|没有找到|未找到)|您访问的页面|对不起，?您(?:要|所)?(?:访问|查看)|"
    r"403 forbidden|502 bad gateway|503 service)",
    re.IGNORECASE,
)
_ERROR_PAGE_MAX_WEIGHT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that is read from a page: the article, who it is credited to, and the address of its next page."""

    article: Article
    credit: Credit | None
    next_url: str | None


def extract_article(page: Fetched, *, outlet: Outlet | None = None, item: FeedItem | None = None) -> Article:
    """Return the article a page holds; ``read_page`` tells the same and more."""
    return read_page(page, outlet=outlet, item=item).article


def read_page(page: Fetched, *, outlet: Outlet | None = None, item: FeedItem | None = None) -> Reading:
    """Return what a page holds: an article, its text with a line per paragraph; its credit; its next page.

    ``item`` is the feed entry that led here; its date is trusted before the page's. Raises ``ExtractError`` with the
    reason where there is no article: empty, not HTML, too large, nested too deep, a bot wall, an error page, no text.
    """
    parsed = parse_page(page, outlet)
    rules = _NO_RULES if outlet is None else outlet.article
    published = find_published(parsed, rules=rules, outlet=outlet, item=item, seen_at=page.fetched_at)
    if published and outlet and rules.versions:
        rules = rules.on(published.published_at.astimezone(ZoneInfo(outlet.timezone)).date())
        published = find_published(parsed, rules=rules, outlet=outlet, item=item, seen_at=page.fetched_at)
    remove_elements(parsed.tree, rules.remove)
    hint = "" if item is None else item.title
    title = find_title(parsed, outlet=outlet, selected=select_text(parsed.tree, rules.title), hint=hint)
    title = _looked_up(title, outlet.lookups.title if outlet else ())
    section = select_text(parsed.tree, rules.section) or parsed.json_ld.section
    section = section or parsed.first_meta("article:section", "og:category", "mywidget:category")
    selected = [
        _looked_up(name, outlet.lookups.byline if outlet else ()) for name in select_texts(parsed.tree, rules.byline)
    ]
    authors = find_authors(parsed, selected=selected, sites=site_names(parsed, outlet))
    source = find_source(parsed)
    next_url = next_page_url(parsed, rules=rules)
    lead = find_lead(parsed, rules=rules, title=title)
    # Last: trafilatura, where it is asked, takes the tree apart.
    body = read_body(parsed, rules=rules, title=title)
    lines = [] if body is None else with_lead(lead, body.lines, title=title)
    text = "\n".join(_ruled_lines(lines, rules))
    if problem := _not_an_article(title, text):
        raise ExtractError(problem, outlet_id=parsed.outlet_id, url=parsed.url)
    address = _address(parsed, page, outlet)
    article = Article(
        article_id=article_id_of(address),
        outlet_id=parsed.outlet_id,
        url=parsed.url,
        canonical_url=address,
        title=title,
        text=text,
        byline=_looked_up(", ".join(authors), outlet.lookups.byline if outlet else ()) or None,
        section=_looked_up(section, outlet.lookups.section if outlet else ()) or None,
        published_at=published.published_at if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        date_source=published.source if published else None,
        extractor=body.extractor if body else "",
        content_hash=content_hash_of(title, text),
        fetched_at=page.fetched_at,
    )
    credit = read_credit(article_id=article.article_id, text=text, authors=authors, source=source)
    return Reading(article=article, credit=credit, next_url=next_url)


def _not_an_article(title: str, text: str) -> str:
    """Return what is wrong with the result, or an empty string."""
    if not text:
        return "no text found in the page: it may be drawn by a script, or hold pictures only"
    if weight_of(text) < _ERROR_PAGE_MAX_WEIGHT and (_ERROR_PAGE.match(title) or _ERROR_PAGE.match(text)):
        return f"an error page, not an article: {title or text[:60]!r}"
    return ""


def _ruled_lines(lines: Sequence[str], rules: ArticleRules) -> list[str]:
    """Return the lines up to the outlet's ``end`` and without its ``remove_text``."""
    text = "\n".join(lines)
    for pattern in rules.end:
        if found := re.search(pattern, text, re.MULTILINE):
            text = text[: found.start()]
    for pattern in rules.remove_text:
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    return [line for part in text.splitlines() if (line := one_line(part))]


def _looked_up(value: str, lookups: Sequence[Lookup]) -> str:
    return next((lookup.value or "" for lookup in lookups if value in lookup.match), value)


def _address(parsed: Page, fetched: Fetched, outlet: Outlet | None) -> str:
    """Return the canonical address: what the page declares, where that is an article of the same site."""
    found = canonical_url(fetched.final_url or fetched.url, outlet=outlet)
    link = parsed.tree.find(".//link[@rel='canonical']")
    declared = (link.get("href") or "").strip() if link is not None else ""
    if not declared:
        return found
    try:
        declared = canonical_url(urljoin(parsed.url, declared), outlet=outlet)
        ours, theirs = urlsplit(found), urlsplit(declared)
    except ValueError:
        return found
    # Themes that declare the front page, or a page of another site, for every article are common.
    same_site = ours.hostname is None or _site(ours.hostname) == _site(theirs.hostname or "")
    is_article = theirs.path.strip("/") != "" and (outlet is None or outlet.article.matches(declared))
    return declared if same_site and is_article else found


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def join_pages(readings: Sequence[Reading]) -> Article:
    """Return the article that several pages hold together: the first, with the text of the others behind its own.

    A paragraph that a page repeats from the one before (a lead, an editor's line) is kept once.
    """
    first = readings[0].article
    lines = first.text.splitlines()
    for reading in readings[1:]:
        known = set(lines)
        lines += [line for line in reading.article.text.splitlines() if line not in known]
    text = "\n".join(lines)
    extractor = first.extractor if len(readings) == 1 else f"{first.extractor}; {len(readings)} pages"
    return replace(first, text=text, extractor=extractor, content_hash=content_hash_of(first.title, text))


def article_of_item(item: FeedItem, *, outlet: Outlet, fetched_at: datetime) -> Article:
    """Return the article that a feed entry is in itself, for outlets whose pages are not fetched (``read: item``).

    Raises ``ExtractError`` where the entry has neither title nor summary.
    """
    text = "\n".join(_ruled_lines(article_lines(html_blocks(item.summary), title=item.title), outlet.article))
    if not (item.title or text):
        raise ExtractError("the feed entry has neither title nor summary", outlet_id=outlet.id, url=item.url)
    address = canonical_url(item.url, outlet=outlet)
    return Article(
        article_id=article_id_of(address),
        outlet_id=outlet.id,
        url=item.url,
        canonical_url=address,
        title=item.title,
        text=text,
        byline=None,
        section=None,
        published_at=item.published_at,
        published_raw=None,
        published_precision="second" if item.published_at else None,
        date_source="feed" if item.published_at else None,
        extractor="feed",
        content_hash=content_hash_of(item.title, text),
        fetched_at=fetched_at,
    )
