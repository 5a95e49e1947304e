"""Names and terms brought through translation unharmed, and those that were lost on the way.

A name is put into the source as its English caption, in Latin letters: models copy what they cannot read. What comes
out is looked through for the caption, whose case and spacing are put right; a caption that is not there as often as it
was put in was dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.translation.simplified import in_simplified
from records import ConfigError

if TYPE_CHECKING:
    from extractors.translation.translator import Translator

# Scripts without spaces between words: the caption gets spaces of its own there.
_UNSPACED = re.compile("[\u3400-\u9fff]")
# What Tajik puts behind a name without a space; a model would take it and the caption for one strange word.
_ENDING = re.compile(r"(?:ро|[уюи]|ву|аш|ҳо|ҳои)(?![а-яёғӣқӯҳҷ])", re.IGNORECASE)
_AND = frozenset({"у", "ю", "ву"})
# The last character of a body's name is the first of its head's title: 内务部 and 部长, 国防军 and 军长.
_HEADED = re.compile("[部局厅廳署院会會社团團军軍师師旅营營][长長]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedName:
    """A name at ``text[start:end]`` (code points), and how it is to stand in English.

    ``aliases`` are other English names that are as good; a translation with one of them did not drop the name.
    """

    start: int
    end: int
    caption: str
    aliases: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedText:
    """A translation, and the captions of names that stand in the original and are missing in it."""

    text: str
    dropped_names: tuple[str, ...]


def translate_with_names(
    translator: Translator,
    texts: Sequence[str],
    names: Sequence[Sequence[ProtectedName]],
    *,
    source: str,
    target: str,
) -> list[TranslatedText]:
    """Translate texts with their names protected; ``names`` has the names of each text.

    Raises ``TranslationError`` as the translator does.
    """
    protected = [protect_names(text, found) for text, found in zip(texts, names, strict=True)]
    if source == "zh":
        protected = [in_simplified(text) for text in protected]
    translated = translator.translate(protected, source=source, target=target)
    return [_check_names(text, found) for text, found in zip(translated, names, strict=True)]


def protect_names(text: str, names: Iterable[ProtectedName]) -> str:
    """Put captions in the place of names; of names that overlap the first and longest is kept."""
    pieces = []
    done = 0
    for name in _kept(names):
        # An ending that was taken in with the name before may reach into this one.
        if name.start < done:
            continue
        before, after = text[done : name.start], text[name.end : name.end + 1]
        left = " " if _UNSPACED.match(before[-1:]) else ""
        right = " " if _UNSPACED.match(after) else ""
        pieces += [before, left, name.caption, right]
        done = name.end
        if _HEADED.match(text, done - 1):
            pieces.append(text[done - 1])
        if (ending := _ENDING.match(text, done)) is not None:
            pieces.append(" ва" if ending[0] in _AND else "")
            done = ending.end()
    return "".join([*pieces, text[done:]])


def _kept(names: Iterable[ProtectedName]) -> Iterator[ProtectedName]:
    """Yield the names that are put into a text: of those that overlap, the first and longest."""
    done = 0
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if name.start >= done:
            yield name
            done = name.end


def _check_names(text: str, names: Sequence[ProtectedName]) -> TranslatedText:
    """Put captions right, and list those that stand less often in a translation than they were put into its source."""
    put = [name.caption for name in _kept(names)]
    dropped = []
    for name in {each.caption: each for each in names}.values():
        loosely = _loosely(name.caption)
        text, found = loosely.subn(name.caption.replace("\\", r"\\"), text)
        # A caption may be part of another one: Dushanbe, Dushanbe Airport. One that gave way to a longer name that
        # does not have it is only asked to be there once, as it may be.
        wanted = max(1, sum(len(loosely.findall(caption)) for caption in put))
        if found < wanted and found + _count(name.aliases, loosely.sub("", text)) < wanted:
            dropped.append(name.caption)
    return TranslatedText(text=text, dropped_names=tuple(dropped))


def _count(names: Iterable[str], text: str) -> int:
    """Count names in a text, the longest first, each place once."""
    total = 0
    for name in sorted(names, key=len, reverse=True):
        text, found = _loosely(name).subn("", text)
        total += found
    return total


@lru_cache(maxsize=10_000)
def _loosely(name: str) -> re.Pattern[str]:
    """Match a name whatever its case, spacing and punctuation have become (``s - 300`` for S-300)."""
    words = re.findall(r"[^\W_]+", name)
    if not words:
        return re.compile(re.escape(name))
    between = r"[\W_]{0,3}"  # a hyphen with a space on either side at most
    # What follows the last word of the caption is put back with it: (GKNB) keeps its one bracket.
    after = name[name.rindex(words[-1]) + len(words[-1]) :].strip()
    end = rf"(?:\s*{re.escape(after)})?" if after else ""
    return re.compile(rf"\b{between.join(map(re.escape, words))}\b{end}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Terms with their translation, by source language; a term is found as it is written, case aside."""

    terms: Mapping[str, Mapping[str, str]]

    def find(self, text: str, language: str) -> Iterator[ProtectedName]:
        """Yield the terms of a language that stand in a text."""
        terms = self.terms.get(language)
        if not terms:
            return
        alternatives = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
        boundary = "" if language in ("zh", "ja") else r"\b"
        for match in re.finditer(f"{boundary}(?:{alternatives}){boundary}", text, re.IGNORECASE):
            yield ProtectedName(start=match.start(), end=match.end(), caption=terms[match[0].lower()])


def read_glossary(path: Path) -> Glossary:
    """Read a glossary: lines of language, term and translation with tabs between them; ``#`` begins a comment.

    Raises ``ConfigError`` with the line that is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=path, fix="A glossary is a UTF-8 text file.") from error
    terms: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 3 or not all(cells):
            raise ConfigError(
                f"{len(cells)} cells where three belong: language, term, translation",
                path=path,
                key=f"line {number}",
                fix="Put one tab between them.",
            )
        language, term, translation = cells
        terms.setdefault(language, {})[term.lower()] = translation
    return Glossary(terms=terms)
