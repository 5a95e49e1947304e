"""What an outlet changed in an article after it was first seen, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Protocol

from extractors.reading.boilerplate import is_furniture

# A word, a number, one Chinese character or one mark; blanks between them are no change.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:[-'’.,](?=\d)\d+|[-'’][^\W_]+)*|[^\w\s]|_")
# Quotes, dashes and ё are typesetting: sites change them when they change their software.
_TYPESETTING = str.maketrans("«»“”„’‘–—ёЁ", '"""""\'\'--еЕ')
# Between two changes so few kept words join them into one: "12 человек погибли" -> "15 человек пострадали".
_JOINED_OVER = 1
# difflib is quadratic in the worst case; past this many tokens paragraphs are compared first.
_MAX_TOKENS = 4000

# Words that change by themselves: counters and the distance from now.
_VOLATILE = re.compile(
    r"\b\d[\d\s.,]{0,14}(?:просмотр\w*|комментари\w*|views?|comments?|人参与|条评论|次阅读|评论)"
    r"|(?:просмотров|комментариев|хондан шуд|тамошо|阅读量?|浏览量?|点击|views?)\s*[:：]?\s*\d[\d\s.,]{0,14}"
    r"|\b\d+\s*(?:секунд\w*|минут\w*|час\w*|дн\w*|дақиқа|соат|рӯз)\s*(?:назад|пеш|қабл)"
    r"|\d+\s*(?:秒|分钟|小时|天)前|\b\d+\s*(?:minutes?|hours?|days?) ago"
    r"|(?:обновлено|последнее обновление|最后更新|更新时间|updated)\s*[:：]?\s*[\d\s.:,年月日/-]{1,30}",
    re.IGNORECASE,
)


class Said(Protocol):
    """A version of an article, wherever it is kept."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


Field = Literal["title", "text"]
Kind = Literal["replaced", "added", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: ``old`` is ``field[start:end]`` of the former version, ``new`` ``[new_start:new_end]`` of the latter.

    Positions are code points; of an addition ``old`` is empty, of a removal ``new``.
    """

    field: Field
    kind: Kind
    old: str
    new: str
    start: int
    end: int
    new_start: int
    new_end: int


def revision_diff(old: Said, new: Said) -> tuple[Change, ...]:
    """Return what changed in title and text, by words (Chinese: by characters), in order.

    Blanks, quotes, dashes and ё count as equal. Applying the changes to the old title and text gives the new ones, up
    to those.
    """
    return (*_changes("title", old.title, new.title), *_changes("text", old.text, new.text))


def worth_a_revision(old: Said, new: Said) -> bool:
    """Tell whether the outlet changed what it says: more than counters, times from now, links to other articles."""
    return _said(old) != _said(new)


def _said(article: Said) -> tuple[list[str], list[str]]:
    lines = (line for line in article.text.splitlines() if not is_furniture(line))
    text = "\n".join(_VOLATILE.sub(" ", line) for line in lines)
    return _words(article.title), _words(text)


def _words(text: str) -> list[str]:
    return [match[0].translate(_TYPESETTING) for match in _TOKEN.finditer(text)]


def _changes(field: Field, old: str, new: str) -> Iterator[Change]:
    if old == new:
        return
    for start, end, new_start, new_end in _spans(old, new):
        before, after = old[start:end], new[new_start:new_end]
        kind: Kind = "replaced" if before and after else "removed" if before else "added"
        yield Change(
            field=field, kind=kind, old=before, new=after, start=start, end=end, new_start=new_start, new_end=new_end
        )


_Span = tuple[int, int, int, int]


def _spans(old: str, new: str) -> Iterator[_Span]:
    """Yield the code-point spans that differ."""
    mine, theirs = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    for a0, a1, b0, b1 in _opcodes(_words(old), _words(new)):
        start, end = _extent(mine, a0, a1, len(old))
        new_start, new_end = _extent(theirs, b0, b1, len(new))
        yield start, end, new_start, new_end


def _extent(tokens: Sequence[re.Match[str]], first: int, last: int, length: int) -> tuple[int, int]:
    if first == last:
        # Nothing on this side: the place is behind the token before.
        at = tokens[first - 1].end() if first else 0
        return min(at, length), min(at, length)
    return tokens[first].start(), tokens[last - 1].end()


def _opcodes(a: Sequence[str], b: Sequence[str]) -> Iterator[_Span]:
    start, end = _common_ends(a, b)
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    if max(len(middle_a), len(middle_b)) > _MAX_TOKENS and _overlap(middle_a, middle_b) < 0.3:
        # Another article under the same address: word by word would take minutes and say nothing.
        yield start, len(a) - end, start, len(b) - end
        return
    matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=max(len(middle_a), len(middle_b)) > _MAX_TOKENS)
    ops = [op[1:] for op in matcher.get_opcodes() if op[0] != "equal"]
    for a0, a1, b0, b1 in _over_short_islands(ops):
        yield a0 + start, a1 + start, b0 + start, b1 + start


def _over_short_islands(ops: Sequence[_Span]) -> Iterator[_Span]:
    joined: list[_Span] = []
    for a0, a1, b0, b1 in ops:
        if joined and a0 - joined[-1][1] <= _JOINED_OVER and b0 - joined[-1][3] <= _JOINED_OVER:
            joined[-1] = (joined[-1][0], a1, joined[-1][2], b1)
        else:
            joined.append((a0, a1, b0, b1))
    yield from joined


def _common_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    shortest = min(len(a), len(b))
    start = 0
    while start < shortest and a[start] == b[start]:
        start += 1
    end = 0
    while end < shortest - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return start, end


def _overlap(a: Sequence[str], b: Sequence[str]) -> float:
    common = sum((Counter(a) & Counter(b)).values())
    return common / max(1, min(len(a), len(b)))
