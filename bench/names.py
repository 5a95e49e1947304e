"""How well and how fast names are found.

Quality is measured on factRuEval-2016 (``bench.facteval`` has the protocol; every annotated mention counts, slips of
the pen and other scripts too), on the headlines of a published study, and on labelled sentences of our tests. Beside
it stand exact match of base forms, flashtext, and spaCy's PhraseMatcher on the lemmas of pymorphy3 where those are
installed (``pip install -e '.[bench]'``).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.facteval import Document, read_documents
from bench.names_peers import flashtext_of, phrase_matcher, spacy_pipeline
from bench.names_speed import made_texts, measure_speed
from bench.result import Result, at_least
from records import Mention
from watchlists.listfile import WatchList, load_lists
from watchlists.matching import compile_matcher

Span = tuple[str, int, int]  # entity, start, end


def run(gold: Path | None) -> list[Result]:
    """Measure quality on the data of ``gold``, if given, and speed on made-up lists."""
    results = _labelled()
    if gold is not None:
        documents = list(read_documents(gold / "facteval"))
        results += _facteval(documents)
        results += _headlines(gold)
    return results + measure_speed([document.text for document in documents] if gold is not None else made_texts())


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
            results.append(at_least(f"{name} recall", found / max(1, total), "share", recall_floor))
            results.append(at_least(f"{name} precision", right / max(1, right + wrong), "share", precision_floor))
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
    processor = flashtext_of((name, entity.id) for entity in document.watch_list.entities for name in entity.name["ru"])
    return list(processor.extract_keywords(document.text, span_info=True))


def _find_spacy(document: Document) -> list[Span]:
    """Find with spaCy's PhraseMatcher on lemmas, which pymorphy3 makes."""
    nlp = spacy_pipeline()
    matcher = phrase_matcher(
        nlp, [(name, entity.id) for entity in document.watch_list.entities for name in entity.name["ru"]]
    )
    read = nlp(document.text)
    spans = ((match, read[start:end]) for match, start, end in matcher(read))
    return [(nlp.vocab.strings[match], span.start_char, span.end_char) for match, span in spans]


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
            results.append(at_least(f"{name} recall", right / max(1, right + missed), "share", floor))
            results.append(at_least(f"{name} precision", right / max(1, right + wrong), "share", floor))
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
        at_least("headlines recall", found / wanted, "share", 1.0),
        at_least("headlines precision", precision, "share", 0.97),
    ]
