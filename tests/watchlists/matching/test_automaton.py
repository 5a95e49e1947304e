"""The automaton of the beginnings finds what a search for every key would."""

from __future__ import annotations

from bisect import bisect_right

from hypothesis import given, settings
from hypothesis import strategies as st

from watchlists.matching.automaton import KeyAutomaton, anchor_starts
from watchlists.matching.folding import fold, fold_many

# Few letters, so that keys are beginnings of one another; of two scripts, and some that share a byte.
WORDS = st.text(alphabet="абaҷғ中国", min_size=1, max_size=10)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
EDGES = st.sampled_from([" {} ", " {}", "{}"])
KEYS = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), EDGES), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(keys=KEYS, texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_every_key_is_found_wherever_it_stands(keys: list[tuple[str, str]], texts: list[str]) -> None:
    made = sorted({edges.format(fold(name).text.strip()) for name, edges in keys})
    automaton = KeyAutomaton(made, anchor_starts(made))
    found = {
        (folded.numbers[place], number, start - folded.starts[place], end - folded.starts[place])
        for folded in fold_many(texts)
        for number, start, end in automaton.find(folded)
        for place in [bisect_right(folded.starts, start) - 1]
    }
    wanted = {
        (number, key, start, start + len(made[key]))
        for number, text in enumerate(fold(text).text for text in texts)
        for key in range(len(made))
        for start in range(len(text))
        if text.startswith(made[key], start)
    }
    assert found == wanted
