"""The kinds of value that stand in an outlet file, each checked when the file is loaded.

Errors are ``problem -> fix``; ``configfiles`` takes them apart.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from configfiles.languages import is_language, language_fix
from extractors.selectors import compile_selector

# How sure a source is, most trusted first. "probed" and "in production" are other people's dated probes and running
# collectors; "listed" stands in code or lists with unknown result; a guess is by analogy.
Evidence = Literal[
    "probed_ok",
    "in_production",
    "in_use",
    "listed",
    "listed_unverified",
    "conflict",
    "probed_empty",
    "probe_failed",
    "historic",
    "guess",
]

_DATE_PARTS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d"}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Strict(BaseModel):
    """A mapping that a person types: unknown keys and wrong types are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(
            f"not a regular expression: {error} in {value!r} -> Put a backslash before . ? ( [ that are meant as such"
        ) from error
    return value


def _selector(value: str) -> str:
    try:
        compile_selector(value)
    except ValueError as error:
        raise ValueError(f"{error} -> Write CSS like div.text > p, or XPath starting with / or (") from error
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone {value!r} -> Write an IANA name like Asia/Dushanbe") from error
    return value


def _encoding(value: str) -> str:
    try:
        codecs.lookup(value)
    except LookupError as error:
        raise ValueError(f"no character set {value!r} -> Write one like utf-8, windows-1251 or gb18030") from error
    return value


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", value):
        raise ValueError(f"not an http or https address: {value!r} -> Write it whole, like https://example.org/rss.xml")
    return value


def _url_template(value: str) -> str:
    known = {*_DATE_PARTS, "M", "D", "page"}
    # Other names are the groups of found_in, which JsonSource fills in; upper case is always a date.
    for name in _PLACEHOLDER.findall(value):
        if name not in known and not re.fullmatch(r"[a-z_]+", name):
            raise ValueError(f"unknown placeholder {{{name}}} in an address -> Allowed: {', '.join(sorted(known))}")
    _http_url(_PLACEHOLDER.sub("1", value))
    return value


def _language(value: str) -> str:
    if not is_language(value):
        raise ValueError(f"not a language code: {value!r} -> {language_fix(value)}")
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError(f"not a country code: {value!r} -> Write two capitals of ISO 3166: TJ, RU, CN")
    return value


def _one_or_many(value: object) -> object:
    # Strict validation takes a tuple only, once a validator has stood before it.
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def fill_placeholders(template: str, values: Mapping[str, str]) -> str:
    """Return the template with ``{name}`` filled in where the name is known; others stay."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


def expand_url(template: str, *, today: date, days: int, first_page: int, pages: int) -> tuple[str, ...]:
    """Return the addresses a template stands for, each once: newest day first, then page by page."""
    addresses: dict[str, None] = {}
    for back in range(days):
        day = today - timedelta(days=back)
        values = {name: day.strftime(code) for name, code in _DATE_PARTS.items()}
        values |= {"M": str(day.month), "D": str(day.day)}
        for page in range(first_page, first_page + pages):
            values["page"] = str(page)
            addresses[fill_placeholders(template, values)] = None
    return tuple(addresses)


Regex = Annotated[str, AfterValidator(_regex)]
CssOrXPath = Annotated[str, AfterValidator(_selector)]
Selectors = Annotated[tuple[CssOrXPath, ...], BeforeValidator(_one_or_many)]
Paths = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Zone = Annotated[str, AfterValidator(_zone)]
Encoding = Annotated[str, AfterValidator(_encoding)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
UrlTemplate = Annotated[str, AfterValidator(_url_template)]
LanguageCode = Annotated[str, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
lines = BeforeValidator(_one_or_many)
