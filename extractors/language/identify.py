"""From a text to its language: script first, then the languages of that script, then a vote of the paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.language.grams import words_of
from extractors.language.profiles import CANDIDATES, REGION
from extractors.language.scripts import chinese_script, letters_by_script, main_script, without_addresses
from records import LanguageGuess

if TYPE_CHECKING:
    from extractors.language.posterior import ScriptModel

    Models = Callable[[str], ScriptModel]

# Scripts that one language of interest is written in: no profile could say more.
ONE_LANGUAGE: Mapping[str, str] = {"Jpan": "ja", "Hang": "ko", "Armn": "hy", "Geor": "ka", "Grek": "el", "Hebr": "he"}
# Fewer letters than this are initials or a unit. One ideograph may be any East Asian language, two are a word.
FEWEST_LETTERS = 3
FEWEST_IDEOGRAPHS = 2
# Below an even chance a guess misleads more than it helps. Of ten thousand held-out sentences
# two stay below; of cuttings of three words without an outlet's prior, two in a hundred.
THRESHOLD = 0.5
# The mean log-probability of an n-gram: sentences lie between -6.4 and -4.9, random
# letters between -7.9 and -6.4.
WORST_FIT = -6.6
FEWEST_LETTERS_TO_FIT = 12  # a fit over fewer is chance: an interjection of five letters came to -7.3
# A paragraph of fewer letters is a byline or a name: it says of no article that it quotes another language.
FEWEST_LETTERS_QUOTED = 40
IDEOGRAPH_LETTERS = 3.0  # so many letters say what one ideograph does
# Prior weights. A language from elsewhere must have twenty times the evidence; the outlet's own languages get a hand
# that decides a headline of two or three words and nothing longer.
ELSEWHERE = 0.05
EXPECTED = 4.0
EXPECTED_FIRST = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLanguage:
    """The language of one paragraph, ``text[start:end]`` of the article's text.

    ``letters`` are those of ``script``; ``method`` is worded as in ``LanguageGuess``.
    """

    start: int
    end: int
    language: str
    script: str
    confidence: float
    method: str
    letters: int


def identify_language(
    text: str, *, article_id: str = "", expected: Sequence[str] = (), models: Models | None = None
) -> LanguageGuess:
    """Say which language a text is written in: that of most of its letters, paragraph by paragraph.

    ``expected`` are the outlet's languages, most likely first: a prior, never a verdict. The language is ``und`` when
    there is nothing to go by or no language has an even chance; ``method`` says which. The same text always gets the
    same answer. Profiles are langdetect's and ours in its format (Shuyo 2010), the posterior is computed exactly.
    ``models`` gives another model for a script than the bundled one, to measure on text that was held out.
    """
    paragraphs = identify_paragraphs(text, expected=expected, models=models)
    if not paragraphs:
        return LanguageGuess(article_id=article_id, language="und", script="Zyyy", confidence=0.0, method="no letters")
    if len(paragraphs) == 1:
        only = paragraphs[0]
        return LanguageGuess(
            article_id=article_id,
            language=only.language,
            script=only.script,
            confidence=only.confidence,
            method=only.method,
            languages=() if only.language == "und" else (only.language,),
        )
    return _elect(paragraphs, article_id)


def identify_paragraphs(
    text: str, *, expected: Sequence[str] = (), models: Models | None = None
) -> tuple[ParagraphLanguage, ...]:
    """Say which language each paragraph (line) of a text is written in; those without letters are left out."""
    prior = _prior_of(tuple(expected))
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        paragraph = _guess(line, start, prior, models)
        if paragraph is not None:
            found.append(paragraph)
        start += len(line)
    return tuple(found)


@lru_cache(maxsize=256)  # one for each outlet
def _prior_of(expected: tuple[str, ...]) -> Mapping[str, float]:
    languages = {name.partition("-")[0] for names in CANDIDATES.values() for name in names}
    prior = {language: 1.0 if language in REGION else ELSEWHERE for language in languages}
    for position, language in enumerate(expected):
        prior[language] = EXPECTED if position else EXPECTED_FIRST
    return prior


def _guess(line: str, start: int, prior: Mapping[str, float], models: Models | None) -> ParagraphLanguage | None:
    end = start + len(line.rstrip())
    line = without_addresses(line)
    counts = letters_by_script(line)
    script = main_script(counts)
    if script is None:
        return None
    letters = counts["Hani"] + counts["Kana"] if script == "Jpan" else counts[script]
    language, script, confidence, method = _decide(line, script, letters, prior, models)
    return ParagraphLanguage(
        start=start, end=end, language=language, script=script, confidence=confidence, method=method, letters=letters
    )


def _decide(
    line: str, script: str, letters: int, prior: Mapping[str, float], models: Models | None
) -> tuple[str, str, float, str]:
    if script == "Hani":
        han, share = chinese_script(line)
        decided = ("zh", 1.0, f"script ({han} {share:.2f})")
        return _unless_short(decided, han, letters, FEWEST_IDEOGRAPHS)
    if script in ONE_LANGUAGE:
        return _unless_short((ONE_LANGUAGE[script], 1.0, "script"), script, letters, FEWEST_LETTERS)
    if script not in CANDIDATES:
        return "und", script, 0.0, f"no profiles for script {script}"
    from extractors.language.posterior import model_of  # noqa: PLC0415  (numpy and profiles; not for --help)

    shares, fit = (models or model_of)(script).posterior(words_of(line, script), prior)
    best = max(shares, key=shares.__getitem__)
    share = shares[best]
    if fit < WORST_FIT and letters >= FEWEST_LETTERS_TO_FIT:
        decided = "und", 0.0, f"no profile fits: {best} {fit:.1f} an n-gram"
    elif share < THRESHOLD:
        _, (second, next_share) = Counter(shares).most_common(2)
        decided = "und", share, f"below {THRESHOLD}: {best} {share:.2f}, {second} {next_share:.2f}"
    else:
        decided = best, share, "profiles"
    return _unless_short(decided, script, letters, FEWEST_LETTERS)


def _unless_short(
    decided: tuple[str, float, str], script: str, letters: int, fewest: int
) -> tuple[str, str, float, str]:
    language, confidence, method = decided
    if letters < fewest:
        return "und", script, 0.0, f"too short: {letters} letter{'s' * (letters != 1)}"
    return language, script, confidence, method


def _elect(paragraphs: Sequence[ParagraphLanguage], article_id: str) -> LanguageGuess:
    """Let paragraphs vote with their letters, an ideograph counting as three; the undetermined abstain."""
    votes: dict[tuple[str, str], float] = defaultdict(float)
    by_language: dict[str, float] = defaultdict(float)
    quoted: set[str] = set()
    number: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph.language != "und":
            letters = paragraph.letters * (IDEOGRAPH_LETTERS if paragraph.language == "zh" else 1.0)
            weight = letters * paragraph.confidence
            votes[paragraph.language, paragraph.script] += weight
            by_language[paragraph.language] += weight
            number[paragraph.language] += 1
            if letters >= FEWEST_LETTERS_QUOTED:
                quoted.add(paragraph.language)
    if not votes:
        longest = max(paragraphs, key=lambda paragraph: paragraph.letters)
        return LanguageGuess(
            article_id=article_id,
            language="und",
            script=longest.script,
            confidence=longest.confidence,
            method=f"none of {len(paragraphs)} paragraphs: {longest.method}",
        )
    language = max(by_language, key=lambda name: by_language[name])
    script = max((pair for pair in votes if pair[0] == language), key=lambda pair: votes[pair])[1]
    share = by_language[language] / sum(by_language.values())
    tally = ", ".join(f"{name} {count}" for name, count in number.most_common())
    sure = max(p.confidence for p in paragraphs if p.language == language)
    method = f"vote of {len(paragraphs)} paragraphs: {tally}"
    others = sorted(quoted - {language}, key=lambda name: -by_language[name])
    return LanguageGuess(
        article_id=article_id,
        language=language,
        script=script,
        confidence=share * sure,
        method=method,
        languages=(language, *others),
    )
