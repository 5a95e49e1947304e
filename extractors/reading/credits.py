"""Bylines and datelines: who wrote a text, which agency it is credited to, and where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape

from lxml import etree
from lxml.html import HtmlElement

from extractors.reading.page import Page
from extractors.reading.weight import one_line
from records import Credit

# Words around a name that are not the name.
_ROLE = re.compile(
    r"^\W*(?:автор(?:ы|и)?|текст|беседовал[аи]?|подготовил[аи]?|записал[аи]?|корреспондент|редактор|муаллиф(?:он)?|"
    r"хабарнигор|таҳияи|author|(?:written )?by)\s*[:：/|]?\s+"
    r"|^\W*(?:作者|(?:本[报站网刊社]|新华社)?(?:记者|编辑)|撰文|责任编辑|责编|通讯员|实习生|文)\s*[:：/|]?\s*"
    r"|^\W*(?:автор(?:ы|и)?|текст|муаллиф)\s*[:：]\s*",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:[、，,;；/&|]|\s(?:и|ва|and|与|和)\s)\s*")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:\s+[\u4e00-\u9fff·]{2,4})+")
# Netease and others put the editor's number behind the name: 某某_NF4425.
_STAFF_NUMBER = re.compile(r"[_\s][A-Z]{1,3}\d{2,6}$|^[\d\s]+$")
_NO_NAME = re.compile(r"@|https?:|^\W*$|^(?:name|admin|editor|редакция|таҳририя|user|webmaster|root)$", re.IGNORECASE)
_AUTHOR_MAX_CHARS = 60
_MOST_AUTHORS = 4
_MOST_EDITORS = 30  # elements named so on a page; the editor's stands among the first

# A word looked for in the source first: many pages name no author, and asking every element takes a while.
_EDITOR_MARK = re.compile(r"责编|责任编辑|编辑\s*[:：]")
_MARKED: Callable[[HtmlElement], list[HtmlElement]] = etree.XPath(  # type: ignore[assignment]  # elements, by its text
    "descendant::*[@itemprop='author' or @rel='author' or contains(@class, 'author')]"
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|authors__name|author[-_]name|article[-_]{1,2}author|document_authors|topic-authors__name)(?:$|\s)"
)
_EDITORS: Callable[[HtmlElement], list[HtmlElement]] = etree.XPath(  # type: ignore[assignment]
    "descendant::*[contains(@class, 'edit') or contains(@class, 'author')]"
)
_EDITOR = re.compile(r"(?:责编|责任编辑|编辑)\s*[:：]\s*([^()（）\[\]【】|]{2,30})")

_MONTH = r"[а-яёӣ]{3,9}"
_PLACE = r"(?P<place>[А-ЯЁҚҒҲҶӮӢ][\w\- ]{2,40}?)"
# Datelines, each with the groups place and agency; they stand at the very beginning of a text.
_DATELINES = (
    # ДУШАНБЕ, 22.11.2026 /АМИТ «Ховар»/.   ДУШАНБЕ, 22 ноября. /ТАСС/.
    re.compile(rf"{_PLACE}[,.]\s*(?:[\d.]+|\d+\s+{_MONTH})(?:\s*\d{{4}})?\.?\s*/(?P<agency>[^/]{{2,50}})/"),
    re.compile(r"/(?P<agency>[^/\d]{2,50})/\.?\s*(?P<place>)"),
    # ДУШАНБЕ, 22 ноября — Sputnik.   МОСКВА, 22 ноя — РИА Новости.
    re.compile(
        rf"{_PLACE},\s*\d{{1,2}}\s+{_MONTH}\.?(?:\s+\d{{4}})?\s*[—–-]\s*"
        r"(?P<agency>[A-ZА-ЯЁ«][\w«»\- ]{1,30}?)(?:,\s*[\w\- ]{3,40})?[.](?=\s|$)"
    ),
    # Москва. 22 ноября. INTERFAX.RU -
    re.compile(rf"{_PLACE}\.\s*\d{{1,2}}\s+{_MONTH}\.?\s*(?P<agency>[A-Z]{{3,15}}(?:\.[A-Z]{{2,4}})?)\s*[—–-]"),
    # 新华社杜尚别7月4日电   中新网7月4日电   据塔斯社莫斯科7月4日报道
    re.compile(
        r"[^\u4e00-\u9fff]{0,6}(?:据)?(?P<agency>(?:[\u4e00-\u9fff]{1,6}?(?:通讯社|社|网|报|客户端)))"
        r"(?:记者)?(?P<place>[\u4e00-\u9fff·]{0,10}?)\s*(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|报道)"
    ),
    # DUSHANBE, July 4 (Xinhua) --
    re.compile(r"(?P<place>[A-Z][A-Z\- ]{2,30}),\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s+\((?P<agency>[^)]{2,30})\)"),
)
_SOURCE = re.compile(
    r"(?:来源|稿源|источник|сарчашма|манбаъ|source)\s*[:：]\s*"
    r"([^\s|，,;；（(]{2,30}(?:\s(?=[A-Za-zА-Яа-яЁёӣӯқғҳҷ«])[^\s|，,：:]{1,20}){0,2})",
    re.IGNORECASE,
)

_SOURCE_MARK = re.compile(r"(?:来源|稿源|Источник|Сарчашма|Source)\s*(?:<[^>]{0,200}>\s*){0,4}[:：]")
_TAGS = re.compile(r"<[^>]*>?")
_SCRIPT = re.compile(r"""["'{}+=\\]""")
_SOURCE_WINDOW = 400  # characters of markup in which a source line ends

# Agencies and outlets that others copy from, as they are named in running text.
_KNOWN = (
    r"ТАСС|РИА «?Новости»?|«?Интерфакс»?|Sputnik(?: Таджикистан| Тоҷикистон)?|«?Спутник»?|(?:НИАТ |АМИТ )?«?Ховар»?"
    r"|«?Авеста»?|Avesta\.tj|«?Азия-Плюс»?|Asia-?Plus|(?:Радиои? )?«?Озод[иӣ]»?|«?Фергана»?|Reuters|Рейтер|AFP"
    r"|Синьхуа|Xinhua|Kyodo|24\.kg|«?Кабар»?|УзА|«?Коммерсантъ?»?|BBC|Би-би-си|CNN|CCTV"
)
_TOLD_BY = re.compile(
    r"(?:сообща(?:ет|ют)|сообщил[аои]?|переда[её]т|пишет|ссылкой на|цитирует|информирует|хабар (?:медиҳад|дод)|"
    r"иқтибос аз|нақл аз)\s+(?:агентство|информагентство|корреспондент|агентии|телеканал|издание)?\s*"
    rf"(?P<agency>{_KNOWN})(?!\w)"
    rf"|(?<!\w)(?P<first>{_KNOWN})\s+(?:хабар медиҳад|хабар дод|менависад|сообщает|переда[её]т)"
)
_TOLD_BY_REACH = 600  # the first two paragraphs


def author_names(texts: Iterable[str], *, sites: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the people named in bylines, each once, without roles, staff numbers and the site's own name."""
    own = {site.casefold() for site in sites}
    names: dict[str, None] = {}
    for text in texts:
        for part in _BETWEEN_NAMES.split(_ROLE.sub("", one_line(text).strip("()（）[]【】 "))):
            pieces = part.split() if _HAN_NAME.fullmatch(part) else [part]
            for piece in pieces:
                name = _STAFF_NUMBER.sub("", _ROLE.sub("", piece)).strip(" .:：()（）")
                if name and len(name) <= _AUTHOR_MAX_CHARS and not _NO_NAME.search(name) and name.casefold() not in own:
                    names[name] = None
    return tuple(names)


def find_authors(page: Page, *, selected: Sequence[str], sites: Sequence[str]) -> tuple[str, ...]:
    """Return the authors: of the outlet's selector, JSON-LD, markup, meta tags, or the editors a Chinese page names."""
    nodes = [node for node in (_MARKED(page.tree) if "author" in page.source else ()) if _marks_author(node)]
    # More are the authors of other articles, listed beside this one.
    nodes = nodes if len(nodes) <= _MOST_AUTHORS else []
    marked = [text for node in nodes if len(text := one_line(node.text_content())) <= _AUTHOR_MAX_CHARS]
    # Portals put their own name, or that of the paper they took the text from, where an author belongs.
    stated = (page.metas[name] for name in ("author", "article:author", "dc.creator", "byl") if name in page.metas)
    not_people = (page.tree.findtext(".//title") or "") + page.first_meta("mediaid", "source")
    metas = [name for name in stated if name not in not_people]
    for texts in (selected, page.json_ld.authors, marked, metas):
        if names := author_names((text for text in texts if not text.startswith("http")), sites=sites):
            return names
    if _EDITOR_MARK.search(page.source):
        for element in _EDITORS(page.tree)[:_MOST_EDITORS]:
            if match := _EDITOR.search(one_line(element.text_content())):
                return author_names([match[1]], sites=sites)
    return ()


def _marks_author(node: HtmlElement) -> bool:
    if node.get("itemprop") == "author":
        return node.find(".//*[@itemprop='name']") is None
    if node.get("rel") == "author" or node.get("itemprop") == "name":
        return True
    return _AUTHOR_CLASS.search(node.get("class") or "") is not None


def find_source(page: Page) -> str:
    """Return the line of the page that names where the text was taken from, or an empty string."""
    stated = page.first_meta("source", "mediaid", "article:source")
    if stated:
        return stated if _SOURCE.match(stated) else f"来源：{stated}"
    for found in _SOURCE_MARK.finditer(page.source):
        text = one_line(unescape(_TAGS.sub(" ", page.source[found.start() : found.start() + _SOURCE_WINDOW])))
        match = _SOURCE.match(text)
        if match and not _SCRIPT.search(match[0]):
            return match[0]
    return ""


def read_credit(*, article_id: str, text: str, authors: Sequence[str] = (), source: str = "") -> Credit | None:
    """Return what an article says of its origin, or ``None`` where it says nothing.

    Its dateline comes first, then the agency its first sentences quote, then the page's source line ``source``.
    """
    agency = place = raw = None
    for pattern in _DATELINES:
        if match := pattern.match(text):
            agency, place, raw = match["agency"], match["place"] or None, match[0]
            break
    if agency is None and (told := _TOLD_BY.search(text[:_TOLD_BY_REACH])):
        agency, raw = told["agency"] or told["first"], told[0]
    if agency is None and (match := _SOURCE.search(source)):
        agency, raw = match[1], source
    if agency is None and not authors:
        return None
    return Credit(
        article_id=article_id,
        authors=tuple(authors),
        agency=one_line(agency).strip(" .") if agency else None,
        place=_place(place),
        raw=one_line(raw) if raw else None,
    )


def _place(place: str | None) -> str | None:
    if not place:
        return None
    place = one_line(place).strip(" .,")
    return place.title() if place.isupper() else place
