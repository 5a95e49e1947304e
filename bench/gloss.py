"""How much of the English a gloss brings over: content words of human English found in it, chrF beside, and speed."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from bench.result import Result
from extractors.translation.gloss import GlossTranslator
from extractors.translation.gloss.english import IRREGULAR_FORMS

LANGUAGES = ("ru", "tg", "zh")
# What the issue asks of the cited headlines and of NTREX, each language apart.
HEADLINES_FLOOR = 0.60
NTREX_FLOOR = 0.50
SENTENCES_A_SECOND = 2000.0
# Words that say nothing about what a sentence is about; everything else is a content word.
_STOP_WORDS = """
a an and any are as at be been before being but by can could did do does doing down each for from had has have
he her here hers him his how i if in into is it its itself just may me might more most must my no nor not of off
on once only or other our out over own same shall she should so some such than that the their them then there
these they this those through to too under until up upon very was we were what when where which while who whom
why will with would you your yours said also after about all one s t don ll re ve m d
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
# The English of NTREX is British, that of the lexicons American; endings as they are once inflection is off:
# organis(e), labour, centre, defence.
_BRITISH = (("is", "iz"), ("ise", "ize"), ("our", "or"), ("tre", "ter"), ("ence", "ense"))
# The second half of a contraction says nothing either: don't, won't, we've, she'll.
_CONTRACTION = re.compile(r"(?:^(?:ca|wo|ai)n't|n't|'(?:ve|re|ll|d|m))$")


def stem(word: str) -> str:
    """Undo English inflection and British spelling: "troops" is "troop", "grew" is "grow", "labour" is "labor"."""
    word = word.lower().removesuffix("'s")
    word = IRREGULAR_FORMS.get(word, word)
    for ending, left in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + left
            break
    for british, american in _BRITISH:
        if word.endswith(british) and len(word) > len(british) + 2:
            word = word.removesuffix(british) + american
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e")


def content_words(text: str) -> list[str]:
    """Return the stems of the content words of an English text."""
    words = re.findall(r"[A-Za-z][A-Za-z'’]*[A-Za-z]|\d+", text.replace("’", "'").replace("U.S.A.", "US"))
    plain = [_CONTRACTION.sub("", word.lower()).removesuffix("'s") for word in words]
    return [stem(word) for word in plain if word and word not in STOP_WORDS]


def share_found(glosses: Sequence[str], references: Sequence[str]) -> float:
    """Return the share of the references' content words that stand in their glosses."""
    wanted = found = 0
    for gloss, reference in zip(glosses, references, strict=True):
        there = set(content_words(gloss))
        words = content_words(reference)
        wanted += len(words)
        found += sum(word in there for word in words)
    return found / wanted


def run(gold: Path | None) -> list[Result]:
    """Measure on the cited headlines and NTREX; nothing is measured without them."""
    if gold is None or not (gold / "ntrex").is_dir():
        return []
    return [*_headlines(gold), *_ntrex(gold)]


def _headlines(gold: Path) -> Iterator[Result]:
    rows = [json.loads(line) for line in (gold / "headlines.jsonl").read_text(encoding="utf-8").splitlines()]
    glosses = [GlossTranslator().translate([row["title"]], source=row["language"], target="en")[0] for row in rows]
    value = share_found(glosses, [row["title_en"] for row in rows])
    yield Result(name="cited headlines, content words found", value=value, unit="share", floor=HEADLINES_FLOOR)


def _ntrex(gold: Path) -> Iterator[Result]:
    english = (gold / "ntrex" / "en.txt").read_text(encoding="utf-8").splitlines()
    for language in LANGUAGES:
        lines = (gold / "ntrex" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        engine = GlossTranslator()
        glosses = engine.translate(lines, source=language, target="en")
        value = share_found(glosses, english)
        yield Result(name=f"{language} NTREX, content words found", value=value, unit="share", floor=NTREX_FLOOR)
        # Words and rules were chosen by looking at lines 1, 3, 5 ...; the lines between were measured only.
        unseen = share_found(glosses[1::2], english[1::2])
        yield Result(name=f"{language} NTREX, on the lines nobody looked at", value=unseen, unit="share")
        if find_spec("sacrebleu") is not None:
            score = import_module("sacrebleu").corpus_chrf(glosses, [english]).score
            yield Result(name=f"{language} NTREX, chrF", value=score, unit="chrF")
        speed = median(_speed(engine, lines, language) for _ in range(5))
        yield Result(name=f"{language} warm", value=speed, unit="sentences/s", floor=SENTENCES_A_SECOND)


def _speed(engine: GlossTranslator, lines: list[str], language: str) -> float:
    """Return sentences a second of CPU, once the words have been read."""
    started = time.process_time()
    engine.translate(lines, source=language, target="en")
    return len(lines) / (time.process_time() - started)
