"""Cite articles: footnotes as the studies of this beat print them, CSL-JSON, RIS and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from records import WarehouseError
from warehouse.opening import Warehouse
from warehouse.parameters import aware
from warehouse.romanising import author_of
from warehouse.sqlfiles import sql_of

Style = Literal["fmso", "csl", "ris", "bibtex"]

# An id is 16 hex digits; fewer may fit two articles, and are refused when they do.
_MIN_PREFIX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """What a citation is made of. Dates are days in the outlet's own zone; ``accessed_on`` is when we read it.

    ``archive_file`` and ``body_sha256`` say where the bytes that were read are kept, and prove them.
    """

    article_id: str
    title: str
    title_en: str | None
    byline: str | None
    outlet: str
    publisher: str | None
    language: str
    published_on: date | None
    url: str
    accessed_on: date
    archive_file: str | None = None
    body_sha256: str | None = None


def cite(warehouse: Warehouse, wanted: Sequence[str], *, style: Style = "fmso") -> str:
    """Return citations of articles named by id, its beginning, or address, in the order asked.

    Raises ``WarehouseError`` for one that is not there or not unique.
    """
    return citations_of([citable_of(warehouse, name) for name in wanted], style=style)


def citable_of(warehouse: Warehouse, wanted: str) -> Citable:
    """Read what the citation of an article needs."""
    if len(wanted) < _MIN_PREFIX:
        raise WarehouseError(
            f"{wanted!r} is too short: give {_MIN_PREFIX} digits of an article_id or more, or its URL."
        )
    rows = warehouse.connection.execute(sql_of("queries", "articles_named"), {"wanted": wanted}).fetchall()
    if not rows:
        raise WarehouseError(
            f"no article {wanted!r}. Find it with: wakhan sql \"from articles where title ilike '%word%'\""
        )
    if len(rows) > 1:
        raise WarehouseError(f"{wanted!r} fits more than one article: {rows[0][0]} and {rows[1][0]} at least.")
    (article_id,) = rows[0]
    cursor = warehouse.connection.execute(sql_of("queries", "citable"), {"article_id": article_id})
    names = [column[0] for column in cursor.description or ()]
    ((*values,),) = cursor.fetchall()
    return citable_from(dict(zip(names, values, strict=True)))


def citable_from(row: Mapping[str, Any]) -> Citable:
    """Return what is cited of a row with the columns of `queries/citable.sql`; those of the archive may be missing."""
    local = ZoneInfo(row["timezone"])
    published_at = row["published_at"]
    # A gloss is for finding one's way, not for a footnote.
    untranslated = row["language"] == "en" or row["engine"] == "gloss"
    return Citable(
        article_id=row["article_id"],
        title=row["title"],
        title_en=None if untranslated else row["title_en"],
        byline=row["byline"],
        outlet=row["outlet"],
        publisher=row["publisher"],
        language=row["language"],
        published_on=None if published_at is None else aware(published_at).astimezone(local).date(),
        url=row["url"],
        accessed_on=aware(row["fetched_at"]).astimezone(local).date(),
        archive_file=row.get("warc_file"),
        body_sha256=row.get("body_sha256"),
    )


def citations_of(articles: Sequence[Citable], *, style: Style) -> str:
    """Return citations as a text that ends in a line break: a paragraph, an entry or an array element each."""
    if style == "csl":
        return json.dumps([csl_of(article) for article in articles], ensure_ascii=False, indent=2) + "\n"
    one = {"fmso": footnote_of, "ris": ris_of, "bibtex": bibtex_of}[style]
    return "\n".join(one(article).rstrip("\n") + "\n" for article in articles)


def footnote_of(article: Citable) -> str:
    """Return the footnote: author, “original (English),” *Outlet*, date, URL (accessed date)."""
    author = author_of(article.byline, article.language)
    title = _inner_quotes(_one_line(article.title))
    english = _inner_quotes(_one_line(article.title_en or ""))
    quoted = f"{title} ({english})" if english else title
    # American usage: the comma stands inside the quotation marks, and not after a question or exclamation mark.
    stop = "" if quoted[-1:] in {"?", "!", "？", "！"} else ","
    dated = _american(article.published_on) if article.published_on else "n.d."
    lead = f"{author}, " if author else ""
    accessed = _american(article.accessed_on)
    return f"{lead}“{quoted}{stop}” *{_one_line(article.outlet)}*, {dated}, {article.url} (accessed {accessed})."


def csl_of(article: Citable) -> dict[str, Any]:
    """Return the article as a CSL-JSON item."""
    author = author_of(article.byline, article.language)
    item: dict[str, Any] = {
        "id": article.article_id,
        "type": "article-newspaper",
        "title": _one_line(article.title),
        "container-title": _one_line(article.outlet),
        "URL": article.url,
        "language": article.language,
        "accessed": {"date-parts": [_parts(article.accessed_on)]},
    }
    if article.title_en:
        item["title-short"] = _one_line(article.title_en)
        item["note"] = f"English title: {_one_line(article.title_en)}"
    if author:
        item["author"] = [{"literal": author}]
    if article.published_on:
        item["issued"] = {"date-parts": [_parts(article.published_on)]}
    if article.publisher:
        item["publisher"] = _one_line(article.publisher)
    if article.archive_file:
        item["archive_location"] = article.archive_file
    if article.body_sha256:
        item["custom"] = {"sha256": article.body_sha256}
    return item


def ris_of(article: Citable) -> str:
    """Return the article as a RIS record; lines end as the format wants them, CR LF."""
    author = author_of(article.byline, article.language)
    fields: list[tuple[str, str | None]] = [
        ("TY", "NEWS"),
        ("ID", article.article_id),
        ("AU", author),
        ("TI", _one_line(article.title)),
        ("TT", _one_line(article.title_en) if article.title_en else None),
        ("T2", _one_line(article.outlet)),
        ("PB", _one_line(article.publisher) if article.publisher else None),
        ("DA", f"{article.published_on:%Y/%m/%d}" if article.published_on else None),
        ("PY", str(article.published_on.year) if article.published_on else None),
        ("LA", article.language),
        ("UR", article.url),
        ("Y2", f"{article.accessed_on:%Y/%m/%d}"),
        ("AV", article.archive_file),
        ("N1", f"sha256 {article.body_sha256}" if article.body_sha256 else None),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def bibtex_of(article: Citable) -> str:
    """Return the article as a BibTeX entry; UTF-8, as biber and newer BibTeX read it."""
    author = author_of(article.byline, article.language)
    note = f"English title: {_one_line(article.title_en)}" if article.title_en else None
    archive = " ".join(part for part in (article.archive_file, article.body_sha256) if part)
    fields: list[tuple[str, str | None]] = [
        ("author", f"{{{_tex(author)}}}" if author else None),
        ("title", f"{{{_tex(_one_line(article.title))}}}"),
        ("journal", _tex(_one_line(article.outlet))),
        ("year", str(article.published_on.year) if article.published_on else None),
        ("date", article.published_on.isoformat() if article.published_on else None),
        ("url", article.url.replace("{", "%7B").replace("}", "%7D")),
        ("urldate", article.accessed_on.isoformat()),
        ("langid", article.language),
        ("note", _tex(note) if note else None),
        ("annotation", _tex(archive) if archive else None),
    ]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@article{{wakhan-{article.article_id},\n{body}}}\n"


def _american(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _one_line(text: str) -> str:
    # Few texts have anything unprintable; a character at a time took half of a digest's footnotes.
    printable = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())


def _inner_quotes(text: str) -> str:
    """Turn double quotation marks into single ones, since double ones stand around; « » stay as they are."""
    text = text.replace("“", "‘").replace("”", "’")
    opened = re.sub(r'(^|[\s(\[«])"', r"\1‘", text)
    return opened.replace('"', "’")


def _tex(text: str) -> str:
    named = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(named.get(char, f"\\{char}" if char in "&%$#_{}" else char) for char in text)
