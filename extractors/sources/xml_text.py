"""What is looked at in XML before any parser sees it."""

from __future__ import annotations

import re

# Characters that no XML 1.0 document may hold, and references to them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_BEGINNING = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(\[)?", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_PROLOG = re.compile(r"<\?xml\b.*?\?>", re.DOTALL)
_DOCTYPE_WHOLE = re.compile(r"<!DOCTYPE[^\[<>]*>", re.IGNORECASE)
_BEFORE_DOCTYPE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ANY_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml|html)\b", re.IGNORECASE)
# PHP warnings before the prolog are a few lines.
_JUNK_WITHIN = 4096


def xml_fault(text: str) -> str | None:
    """Return why this XML must not reach a parser: it declares entities. That is how bombs and file theft work."""
    head = text[: _end_of_head(text)]
    declaration = _DOCTYPE.search(head)
    if _ENTITY.search(head) or (declaration is not None and declaration[1]):
        return "declares entities of its own (DOCTYPE), which is how XML bombs are made: refused"
    return None


def root_name(text: str) -> str | None:
    """Return the name of the first element, lower case, without its prefix; ``None`` if there is none."""
    at = _start(text)
    while blank := _BEFORE_ROOT.match(text, at):
        at = blank.end()
    found = _ROOT.match(text, at)
    return found[1].lower() if found else None


def without_prolog(text: str) -> str:
    """Return the XML fit for a parser that is told UTF-8: without prolog, DOCTYPE and control characters.

    The prolog named an encoding that no longer holds.
    """
    clean = _FORBIDDEN_REFERENCE.sub(" ", _FORBIDDEN.sub(" ", text[_start(text) :])).lstrip()
    prolog = _PROLOG.match(clean)
    clean = clean[prolog.end() :] if prolog else clean
    head = _end_of_head(clean)
    return _DOCTYPE_WHOLE.sub("", clean[:head]) + clean[head:]


def _start(text: str) -> int:
    """Return where the document begins, after what a broken server printed before it."""
    found = _BEGINNING.search(text, 0, _JUNK_WITHIN)
    if found is None or re.search(r"<!doctype html|<html\b", text[: found.start()], re.IGNORECASE):
        return 0
    return found.start()


def _end_of_head(text: str) -> int:
    """Return where the root element begins, as nearly as can be told without trusting the document."""
    at = _start(text)
    while blank := _BEFORE_DOCTYPE.match(text, at):
        at = blank.end()
    if text.startswith("<!", at):
        found = _ANY_ROOT.search(text, at)
        return found.start() if found else len(text)
    return at
