"""Judge whether a word that holds a Chinese name speaks of the bearer: 中国人 does, 白俄罗斯 and 小米粥 do not."""

from __future__ import annotations

import itertools

from watchlists.forms.chinese_dictionary import (
    MAY_FOLLOW,
    MAY_PRECEDE,
    divide,
    english_stems,
    is_everyday_word,
    is_made_of_words,
    load_words,
    other_things,
    other_things_with,
    proper_names,
)

# Of these a name may be a word that has nothing to do with them: 小米|粥 is no telephone.
_BEARERS_OF_WORDS = frozenset(("Person", "Company", "Asset"))
_PLACES = frozenset(("Address", "Country"))


def is_about(word: str, name: str, *, at: int, schema: str) -> bool:
    """Tell whether a longer word that has the name inside it, from ``at``, still speaks of the name's bearer."""
    if name in other_things().get(word, ()):
        return True
    before, after = word[:at], word[at + len(name) :]
    if any(other in word for other in other_things_with(name)) or _is_everyday(word, name, after, schema=schema):
        return False
    if (before in MAY_PRECEDE or is_made_of_words(before)) and (after in MAY_FOLLOW or is_made_of_words(after)):
        return True
    spoken_of, bearer = proper_names(word), proper_names(name)
    if spoken_of is not None and bearer:
        return bool(spoken_of & bearer)
    return not before and (bool(english_stems(word) & english_stems(name)) or not _is_cut(name, after))


def _is_everyday(word: str, name: str, after: str, *, schema: str) -> bool:
    """Tell whether a longer word speaks of what the name is as a word of everyday use: 小米|粥, 万象更新."""
    if word in load_words().idioms and schema in _BEARERS_OF_WORDS | _PLACES and after not in MAY_FOLLOW:
        return True
    if schema not in _BEARERS_OF_WORDS or not is_everyday_word(name):
        return False
    spoken_of, bearer = proper_names(word), proper_names(name)
    if spoken_of is None or spoken_of:
        return len(after) <= 1 and not (spoken_of and bearer and spoken_of & bearer)
    return True


def _is_cut(name: str, after: str) -> bool:
    """Tell whether the likeliest division of a longer word, but for itself, cuts the name: 公安|部门."""
    words, _ = divide(name + after, without=name + after)
    ends = set(itertools.accumulate(map(len, words)))
    return len(name) not in ends
