"""How fast names are found: compiling, loading and matching beside the raw automaton, flashtext and spaCy."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import ahocorasick_rs

from bench.names_made import made_list
from bench.names_peers import flashtext_of, phrase_matcher, spacy_pipeline
from bench.result import Result, at_least, at_most
from watchlists.forms import forms_of
from watchlists.listfile import WatchList, load_lists
from watchlists.matching import ArticleText, Matcher, compile_matcher
from watchlists.matching.folding import fold, fold_many, fold_name

_ENTITIES = 10_000
# Each is measured in turns with the others, so that what disturbs the machine for a second disturbs all of them.
_TURNS = 8
_TURN_SECONDS = 0.2  # of CPU; what takes longer is run once a turn
_CHARACTERS_A_NAME = 700  # of running text to a watched name: four in an article of 2,800 characters


def made_texts() -> list[str]:
    """Return running text of words of the made-up names, where no better is given."""
    chance = random.Random(3)
    names = [name for entity in made_list(300, seed=2).entities for name in entity.name["ru"]]
    words = sorted({word.lower() for name in names for word in name.split()})
    return [" ".join(chance.choices(words, k=400)) + "." for _ in range(120)]


def measure_speed(texts: Sequence[str]) -> list[Result]:
    """Measure on made-up lists of 10,000 entities and on the bundled one, in texts of news."""
    with tempfile.TemporaryDirectory() as folder:
        measured = json.loads(_in_a_process(_COMPILE, folder))
        measured |= json.loads(_in_a_process(_LOAD, folder))
        watch_list = made_list(_ENTITIES)
        matcher = compile_matcher([watch_list], cache_dir=Path(folder))
        starter = load_lists()
        results = [
            at_least("names forms", matcher.form_count, "forms", 290_000),
            at_most("names compile", measured["compile"], "s CPU", 60),
            at_most("names load from cache", measured["load"], "s CPU", 1),
            at_most("names memory of matching", measured["megabytes"], "MB", 500),
            at_least("names read list file, 10,000 entities", measured["read"], "s CPU", None),
        ]
        bundled = compile_matcher(starter)
        # News as it is, and with four names put into every article: more than any list meets in life.
        for label, lists, its, read in (
            ("10,000 entities in news", [watch_list], matcher, texts),
            ("10,000 entities, dense", [watch_list], matcher, _with_names(texts, [watch_list])),
            ("starter in news", starter, bundled, texts),
            ("starter, dense", starter, bundled, _with_names(texts, starter)),
        ):
            results += _throughput(label, lists, its, read)
    return results


_COMPILE = """
import json, sys, time
from pathlib import Path
from bench.names_made import made_list
from watchlists.editing import write_list
from watchlists.matching import compile_matcher
made = made_list(10_000)
assert made.version
start = time.process_time()
compile_matcher([made], cache_dir=Path(sys.argv[1]))
print(json.dumps({"compile": time.process_time() - start}))
write_list(Path(sys.argv[1], "made.yml"), made)
"""
_LOAD = """
import json, resource, sys, time
from pathlib import Path
from bench.names_made import made_list
from watchlists.listfile import load_lists
from watchlists.matching import compile_matcher
made = made_list(10_000)
assert made.version
start = time.process_time()
matcher = compile_matcher([made], cache_dir=Path(sys.argv[1]))
matcher.find(article_id="", title="", text="Сегодня", language="ru")
load = time.process_time() - start
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start = time.process_time()
load_lists(Path(sys.argv[1], "made.yml"))
print(json.dumps({"load": load, "megabytes": megabytes, "read": time.process_time() - start}))
"""


def _in_a_process(code: str, folder: str) -> str:
    """Run code in a process of its own, whose memory and caches are nobody else's; return the last line it prints."""
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def _with_names(texts: Sequence[str], lists: Sequence[WatchList]) -> list[str]:
    """Put names of the lists, in a case form each, between the sentences of texts."""
    chance = random.Random(4)
    forms = [
        form.text
        for each in lists
        for entity in chance.sample(each.entities, min(150, len(each.entities)))
        for form in forms_of(entity)
        if not form.weak and form.language == "ru"
    ]
    named = []
    for text in texts:
        sentences = text.split(". ")
        for _ in range(len(text) // _CHARACTERS_A_NAME):
            sentences[chance.randrange(len(sentences))] += f" {chance.choice(forms)}"
        named.append(". ".join(sentences))
    return named


def _throughput(label: str, lists: Sequence[WatchList], matcher: Matcher, named: Sequence[str]) -> list[Result]:
    articles = [
        ArticleText(article_id=str(number), title="", text=text, language="ru") for number, text in enumerate(named)
    ]
    characters = sum(map(len, named))
    folded = [fold(text).text for text in named]
    keys = list(dict.fromkeys(fold_name(text) for text in matcher.forms()))
    raw = ahocorasick_rs.AhoCorasick(keys, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    acts: dict[str, Callable[[], object]] = {
        "scan": lambda: [raw.find_matches_as_indexes(text, overlapping=True) for text in folded],
        "match": lambda: list(matcher.find_many(articles)),
        "fold": lambda: list(fold_many(named)),
    }
    if find_spec("flashtext"):
        # All forms, as Wakhan looks for: with base forms alone it would be as fast and find half.
        processor = flashtext_of((text, "entity") for text in matcher.forms())
        acts["flashtext"] = lambda: [processor.extract_keywords(text, span_info=True) for text in named]
    if find_spec("spacy"):
        nlp = spacy_pipeline()
        base_forms = [
            (name, entity.id) for each in lists for entity in each.entities for name in entity.name.get("ru", ())
        ]
        phrases = phrase_matcher(nlp, base_forms[:2_000])  # its speed does not depend on how many
        acts["spacy"] = lambda: [phrases(nlp(text)) for text in named]
    seconds = _best_of_each(acts)
    scan, match, folding = seconds["scan"], seconds["match"], seconds["fold"]
    mentions = sum(len(found) for _, found in matcher.find_many(articles))
    results = [
        at_least(f"names {label}: mentions", 1000 * mentions / characters, "in 1,000 characters", None),
        at_least(f"names {label}: raw automaton", characters / scan / 1e6, "M chars/s", None),
        at_least(f"names {label}: folding", characters / folding / 1e6, "M chars/s", None),
        at_least(f"names {label}: matching, folding included", characters / match / 1e6, "M chars/s", None),
        at_least(f"names {label}: matching, folding included, to raw scan", scan / match, "times", 0.5),
        at_least(f"names {label}: matching to raw scan", scan / max(1e-9, match - folding), "times", None),
    ]
    if flashtext := seconds.get("flashtext"):
        results.append(at_least(f"names {label}: matching to flashtext", flashtext / match, "times", 10))
        # How far ten times flashtext is from what the fastest scan of all forms, with no judging at all, comes to.
        results.append(at_least(f"names {label}: raw automaton to flashtext", flashtext / scan, "times", None))
    if spacy := seconds.get("spacy"):
        results.append(at_least(f"names {label}: matching to spaCy on lemmas", spacy / match, "times", 10))
    return results


def _best_of_each(acts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least CPU time that each took of many rounds."""
    best = dict.fromkeys(acts, float("inf"))
    for _ in range(_TURNS):
        for name, act in acts.items():
            spent = 0.0
            while spent < _TURN_SECONDS:
                start = time.process_time()
                act()
                taken = time.process_time() - start
                best[name] = min(best[name], taken)
                spent += taken
    return best
