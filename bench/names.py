"""How well and how fast names are found.

Quality is measured on factRuEval-2016 (``bench.facteval`` has the protocol; every annotated mention counts, slips of
the pen and other scripts too), on the headlines of a published study, and on labelled sentences of our tests. Beside
it stand exact match of base forms, flashtext, and spaCy's PhraseMatcher on the lemmas of pymorphy3 where those are
installed (``pip install -e '.[bench]'``).
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import ahocorasick_rs

from bench.facteval import Document, read_documents
from bench.names_made import made_list
from records import Mention
from watchlists.forms import forms_of
from watchlists.forms.russian_words import parses
from watchlists.listfile import WatchList, load_lists
from watchlists.matching import ArticleText, Matcher, compile_matcher
from watchlists.matching.folding import fold, fold_name

T = TypeVar("T")
Span = tuple[str, int, int]  # entity, start, end


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; ``floor`` is what it must reach (or stay under, for seconds and MB), ``None`` where it is beside."""

    name: str
    value: float
    unit: str
    floor: float | None
    passed: bool


def run(gold: Path | None) -> list[Result]:
    """Measure quality on the data of ``gold``, if given, and speed on made-up lists."""
    results = _labelled()
    if gold is not None:
        documents = list(read_documents(gold / "facteval"))
        results += _facteval(documents)
        results += _headlines(gold)
    texts = [document.text for document in documents] if gold is not None else _made_texts()
    return results + _speed(texts)


def _at_least(name: str, value: float, unit: str, floor: float | None) -> Result:
    return Result(name, round(value, 4), unit, floor, floor is None or value >= floor)


def _at_most(name: str, value: float, unit: str, floor: float) -> Result:
    return Result(name, round(value, 4), unit, floor, value <= floor)


# Quality


def _facteval(documents: Sequence[Document]) -> list[Result]:
    results = []
    floors_of = {"wakhan": {"all": (0.985, 0.97), "Person": (0.98, 0.97)}}
    for label, finder in {"wakhan": _find_wakhan, **_peers()}.items():
        floors = floors_of.get(label, {})
        tally: Counter[tuple[str, str]] = Counter()
        for document in documents:
            _count(document, finder(document), tally)
        for kind in ("all", "Person", "Organization", "Address", "Country"):
            recall_floor, precision_floor = floors.get(kind, (None, None))
            found, total = tally[kind, "found"], tally[kind, "total"]
            right, wrong = tally[kind, "right"], tally[kind, "wrong"]
            name = f"facteval {label} {kind}"
            results.append(_at_least(f"{name} recall", found / max(1, total), "share", recall_floor))
            results.append(_at_least(f"{name} precision", right / max(1, right + wrong), "share", precision_floor))
    return results


def _find_wakhan(document: Document) -> list[Span]:
    matcher = compile_matcher([document.watch_list])
    found = matcher.find(article_id=document.name, title="", text=document.text, language="ru")
    return [(mention.entity_id, mention.start, mention.end) for mention in found]


def _find_exact(document: Document) -> list[Span]:
    return [
        (entity.id, found.start(), found.end())
        for entity in document.watch_list.entities
        for name in entity.name["ru"]
        for found in re.finditer(rf"\b{re.escape(name)}\b", document.text)
    ]


def _find_flashtext(document: Document) -> list[Span]:
    """Find with flashtext as it comes: base forms, whatever their case."""
    processor = _flashtext_of(
        (name, entity.id) for entity in document.watch_list.entities for name in entity.name["ru"]
    )
    return list(processor.extract_keywords(document.text, span_info=True))


def _flashtext_of(names: Iterable[tuple[str, str]]) -> Any:
    from flashtext import KeywordProcessor  # noqa: PLC0415  only where it is installed

    processor = KeywordProcessor()
    # Out of the box its words are of ASCII; with the letters of Russian they end where Russian ones do.
    for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя":
        processor.add_non_word_boundary(letter)
        processor.add_non_word_boundary(letter.upper())
    for name, entity_id in names:
        processor.add_keyword(name, entity_id)
    return processor


def _find_spacy(document: Document) -> list[Span]:
    """Find with spaCy's PhraseMatcher on lemmas, which pymorphy3 makes."""
    nlp = _spacy_pipeline()
    matcher = _phrase_matcher(
        nlp, [(name, entity.id) for entity in document.watch_list.entities for name in entity.name["ru"]]
    )
    read = nlp(document.text)
    spans = ((match, read[start:end]) for match, start, end in matcher(read))
    return [(nlp.vocab.strings[match], span.start_char, span.end_char) for match, span in spans]


@cache
def _spacy_pipeline() -> Any:
    """Return a Russian pipeline whose lemmas are pymorphy3's first: the one that spaCy trains is in no registry."""
    import spacy  # noqa: PLC0415  only where it is installed
    from spacy.language import Language  # noqa: PLC0415

    nlp = spacy.blank("ru")

    @Language.component("first_lemma")  # type: ignore[untyped-decorator, unused-ignore]  # spaCy is here or not
    def first_lemma(read: Any) -> Any:
        for token in read:
            token.lemma_ = _first_lemma(token.text)
        return read

    nlp.add_pipe("first_lemma")
    return nlp


@lru_cache(maxsize=200_000)
def _first_lemma(word: str) -> str:
    return str(parses(word)[0].normal_form) if word.strip() else word


def _phrase_matcher(nlp: Any, names: Iterable[tuple[str, str]]) -> Any:
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415

    matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
    for name, entity_id in names:
        matcher.add(entity_id, [nlp(name)])
    return matcher


def _peers() -> dict[str, Callable[[Document], list[Span]]]:
    """Return what names are found with beside Wakhan; what is not installed is said and left out."""
    peers: dict[str, Callable[[Document], list[Span]]] = {"exact": _find_exact}
    for package, finder in (("flashtext", _find_flashtext), ("spacy", _find_spacy)):
        if find_spec(package):
            peers[package] = finder
        else:
            print(f"{package} is not installed and not measured: pip install -e '.[bench]'", file=sys.stderr)
    return peers


def _count(document: Document, found: Iterable[Span], tally: Counter[tuple[str, str]]) -> None:
    by_entity: dict[str, list[tuple[int, int]]] = {}
    for entity_id, start, end in found:
        by_entity.setdefault(entity_id, []).append((start, end))
    for entity_id, objects in document.objects.items():
        entity = document.watch_list.entity(entity_id)
        assert entity is not None
        mine = by_entity.get(entity_id, [])
        for annotated in objects:
            if not annotated.names:
                continue
            is_found = any(_overlap(span, name) for span in mine for name in annotated.names)
            for kind in ("all", entity.schema_name):
                tally[kind, "total"] += 1
                tally[kind, "found"] += is_found
        for span in mine:
            is_right = any(_overlap(span, part) for annotated in objects for part in annotated.whole)
            for kind in ("all", entity.schema_name):
                tally[kind, "right" if is_right else "wrong"] += 1


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def _labelled() -> list[Result]:
    """Measure the labelled sentences of our own tests, by language and by the schema of what they name."""
    results = []
    folder = Path(__file__).parents[1] / "tests" / "watchlists" / "labelled"
    matchers = {each.id: (each, compile_matcher([each])) for each in load_lists(folder / "lists")}
    for file in sorted(folder.glob("*.jsonl")):
        tally: Counter[tuple[str, str]] = Counter()
        for line in file.read_text(encoding="utf-8").splitlines():
            sentence = json.loads(line)
            watch_list, matcher = matchers[sentence["list"]]
            found = matcher.find(
                article_id="", title=sentence["title"], text=sentence["text"], language=sentence["lang"]
            )
            _count_sentence(sentence, found, watch_list, tally)
        for kind in sorted({kind for kind, _ in tally}):
            right, wrong, missed = (tally[kind, outcome] for outcome in ("right", "wrong", "missed"))
            floor = 0.97 if kind == "all" else None
            name = f"labelled {file.stem} {kind}"
            results.append(_at_least(f"{name} recall", right / max(1, right + missed), "share", floor))
            results.append(_at_least(f"{name} precision", right / max(1, right + wrong), "share", floor))
    return results


def _count_sentence(
    sentence: dict[str, Any], found: Iterable[Mention], watch_list: WatchList, tally: Counter[tuple[str, str]]
) -> None:
    labels = list(sentence["mentions"])
    outcomes: list[tuple[str, str]] = []
    for mention in found:
        same = [
            label
            for label in labels
            if (label["entity"], label["field"]) == (mention.entity_id, mention.field)
            and _overlap((mention.start, mention.end), (label["start"], label["end"]))
        ]
        outcomes.append((mention.entity_id, "right" if same else "wrong"))
        labels = [label for label in labels if label not in same[:1]]
    for entity_id, outcome in (*outcomes, *((label["entity"], "missed") for label in labels)):
        entity = watch_list.entity(entity_id)
        assert entity is not None
        tally["all", outcome] += 1
        tally[entity.schema_name, outcome] += 1


def _headlines(gold: Path) -> list[Result]:
    matcher = compile_matcher(load_lists(gold / "lists" / "headlines.yml"))
    found = wanted = wrong = 0
    for line in (gold / "headlines.jsonl").read_text(encoding="utf-8").splitlines():
        headline = json.loads(line)
        mentions = matcher.find(article_id="", title=headline["title"], text="", language=headline["language"])
        ours = Counter((mention.entity_id, mention.surface) for mention in mentions)
        theirs = Counter((mention["entity"], mention["surface"]) for mention in headline["mentions"])
        wanted += theirs.total()
        found += (ours & theirs).total()
        wrong += (ours - theirs).total()
    precision = found / max(1, found + wrong)
    return [
        _at_least("headlines recall", found / wanted, "share", 1.0),
        _at_least("headlines precision", precision, "share", 0.97),
    ]


# Speed


_ENTITIES = 10_000
_CHARACTERS_A_NAME = 700  # of running text to a watched name: four in an article of 2,800 characters


def _made_texts() -> list[str]:
    """Return running text of words of the made-up names, where no better is given."""
    chance = random.Random(3)
    names = [name for entity in made_list(300, seed=2).entities for name in entity.name["ru"]]
    words = sorted({word.lower() for name in names for word in name.split()})
    return [" ".join(chance.choices(words, k=400)) + "." for _ in range(120)]


def _speed(texts: Sequence[str]) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        measured = json.loads(_in_a_process(_COMPILE, folder))
        measured |= json.loads(_in_a_process(_LOAD, folder))
        watch_list = made_list(_ENTITIES)
        matcher = compile_matcher([watch_list], cache_dir=Path(folder))
        starter = load_lists()
        results = [
            _at_least("names forms", matcher.form_count, "forms", 290_000),
            _at_most("names compile", measured["compile"], "s CPU", 60),
            _at_most("names load from cache", measured["load"], "s CPU", 1),
            _at_most("names memory of matching", measured["megabytes"], "MB", 500),
            _at_least("names read list file, 10,000 entities", measured["read"], "s CPU", None),
        ]
        for label, lists, its in (("10,000 entities", [watch_list], matcher), ("starter", starter, None)):
            results += _throughput(label, lists, its or compile_matcher(starter), texts)
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


def _throughput(label: str, lists: Sequence[WatchList], matcher: Matcher, texts: Sequence[str]) -> list[Result]:
    named = _with_names(texts, lists)
    articles = [
        ArticleText(article_id=str(number), title="", text=text, language="ru") for number, text in enumerate(named)
    ]
    characters = sum(map(len, named))
    folded = [fold(text).text for text in named]
    keys = list(dict.fromkeys(fold_name(text) for text in matcher.forms()))
    raw = ahocorasick_rs.AhoCorasick(keys, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    scan = _best(lambda: [raw.find_matches_as_indexes(text, overlapping=True) for text in folded])
    match = _best(lambda: list(matcher.find_many(articles)))
    folding = _best(lambda: [fold(text) for text in named])
    mentions = sum(len(found) for _, found in matcher.find_many(articles))
    results = [
        _at_least(f"names {label}: mentions", 1000 * mentions / characters, "in 1,000 characters", None),
        _at_least(f"names {label}: raw automaton", characters / scan / 1e6, "M chars/s", None),
        _at_least(f"names {label}: folding", characters / folding / 1e6, "M chars/s", None),
        _at_least(f"names {label}: matching, folding included", characters / match / 1e6, "M chars/s", None),
        _at_least(f"names {label}: matching, folding included, to raw scan", scan / match, "times", 0.5),
        _at_least(f"names {label}: matching to raw scan", scan / max(1e-9, match - folding), "times", None),
    ]
    base_forms = [(name, entity.id) for each in lists for entity in each.entities for name in entity.name.get("ru", ())]
    if find_spec("flashtext"):
        # All forms, as Wakhan looks for: with base forms alone it would be as fast and find half.
        processor = _flashtext_of((text, "entity") for text in matcher.forms())
        seconds = _best(lambda: [processor.extract_keywords(text) for text in named])
        results.append(_at_least(f"names {label}: matching to flashtext", seconds / match, "times", 10))
    if find_spec("spacy"):
        nlp = _spacy_pipeline()
        phrases = _phrase_matcher(nlp, base_forms[:2_000])  # its speed does not depend on how many
        seconds = _best(lambda: [phrases(nlp(text)) for text in named])
        results.append(_at_least(f"names {label}: matching to spaCy on lemmas", seconds / match, "times", 10))
    return results


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = act()
    return time.process_time() - start, done


def _best(act: Callable[[], object]) -> float:
    return min(_timed(act)[0] for _ in range(3))
