"""Sentences a second beside argostranslate itself, on a model of the usual size; memory; how well Tajik is spelled."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.argos_models import write_large_package
from bench.result import Result
from extractors.translation.argos import ArgosTranslator
from extractors.translation.batches import ModelOptions
from extractors.translation.sentences import split_sentences

SENTENCES = 200
AT_THE_SAME_BEAM, AT_OUR_DEFAULTS = 2.5, 4.5
# Growth of the process between the thousandth and the last of the sentences below; the allocator keeps some back.
MEGABYTES_GROWTH = 60.0

# argostranslate in a process of its own, told where its packages lie; its sentence splitter would be a download, and is
# replaced by one that takes each line for a sentence. Prints the seconds, those of CPU, and then the translations.
_REFERENCE = """
import sys, time
from argostranslate import translate
translation = translate.get_translation_from_codes("ru", "en")
class OneSentence:
    def split_sentences(self, text): return [text]
translation.underlying.sentencizer = OneSentence()
lines = sys.stdin.read().splitlines()
translation.translate(lines[0])
started, of_cpu = time.perf_counter(), time.process_time()
translated = [translation.translate(line) for line in lines]
print(time.perf_counter() - started, time.process_time() - of_cpu)
print("\\n".join(translated))
"""


def run(gold: Path | None, *, sentences: int = SENTENCES) -> list[Result]:
    """Measure on Russian news sentences of NTREX; nothing is measured without it."""
    if gold is None or not (gold / "ntrex" / "ru.txt").is_file():
        return []
    return list(_measure(gold, sentences))


def _measure(gold: Path, sentences: int) -> Iterator[Result]:
    lines = (gold / "ntrex" / "ru.txt").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "packages"
        write_large_package(folder, lines, source="ru")
        whole = [line for line in lines if split_sentences(line, "ru") == [line]][:sentences]
        yield from _speed(folder, whole)
        yield from _memory(folder, lines)


def _speed(folder: Path, lines: Sequence[str]) -> Iterator[Result]:
    environment = {**os.environ, "ARGOS_PACKAGES_DIR": str(folder), "XDG_DATA_HOME": str(folder.parent / "xdg")}
    ran = subprocess.run(
        [sys.executable, "-c", _REFERENCE],
        input="\n".join(lines),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    clocks, *reference = ran.stdout.splitlines()
    seconds, cpu_seconds = map(float, clocks.split())
    theirs = len(lines) / seconds
    yield Result(name="argostranslate", value=theirs, unit="sentences/s")
    for title, beam, floor in (("same beam", 4, AT_THE_SAME_BEAM), ("our defaults", 2, AT_OUR_DEFAULTS)):
        translator = ArgosTranslator(folder, options=ModelOptions(beam_size=beam))
        model = translator._steps["ru", "en"].model
        model.translate(lines[:1])
        started, of_cpu = time.perf_counter(), time.process_time()
        translated = model.translate(lines)
        ours, our_cpu = len(lines) / (time.perf_counter() - started), time.process_time() - of_cpu
        yield Result(name=f"argos engine, {title}", value=ours, unit="sentences/s")
        yield Result(name=f"argos engine, {title}: times faster", value=ours / theirs, unit="x", floor=floor)
        yield Result(name=f"argos engine, {title}: times less CPU", value=cpu_seconds / our_cpu, unit="x")
        if beam == 4:
            same = sum(map(str.__eq__, translated, reference)) / len(lines)
            yield Result(name="sentences as argostranslate gives them", value=same, unit="share", floor=1.0)


def _memory(folder: Path, lines: Sequence[str], *, rounds: int = 10) -> Iterator[Result]:
    translator = ArgosTranslator(folder, options=ModelOptions(beam_size=1))
    short = [" ".join(line.split()[:3]) for line in lines]  # 10,000 whole sentences would take an hour
    after_first = 0.0
    for number in range(rounds):
        translator.translate([f"{line} {number}" for line in short], source="ru", target="en")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        after_first = after_first or peak
    growth = peak - after_first
    yield Result(
        name=f"memory after {rounds * len(short)} sentences", value=growth, unit="MB more", floor=MEGABYTES_GROWTH,
        at_most=True,
    )  # fmt: skip


if __name__ == "__main__":
    for result in _measure(Path(os.environ.get("WAKHAN_GOLD", "../shared")) / "gold", int(sys.argv[1])):
        bound = "" if result.floor is None else f"{'<=' if result.at_most else '>='} {result.floor}"
        print(
            f"{'ok  ' if result.passed else 'FAIL'} {result.name:45} {result.value:9.4f} {result.unit} {bound}",
            flush=True,
        )
