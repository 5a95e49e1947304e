"""A paragraph cut into sentences, by rules for each language; nothing is downloaded for it."""

from __future__ import annotations

import re

# A sentence ends with these, closing quotes and brackets included.
_END = re.compile(r"[.!?…؟۔]+[»”\"’')\]]*(?=\s+[^\s])|[。！？]+[”」』）]*")
# What may stand before a full stop without ending a sentence. Initials (one capital) and numbers are seen to below.
# One string for each language, words between spaces.
ABBREVIATIONS = {
    "ru": " г гг в вв им ул пр д стр с см ср т тыс млн млрд трлн руб долл чел обл р оз акад проф доц ген полк подп кап"
    " лейт адм мин сек час ст п ч напр др тел зам нач гос англ кит тадж н э ",
    "tg": " с ш н к р ғ дол сом млн млрд ҳаз проф акад ген полк ноҳ вил м д ",
    "en": " mr mrs ms dr prof st sen rep gov gen col lt capt sgt maj adm vs jan feb mar apr jun jul aug sep sept oct"
    " nov dec no art fig vol approx est u.s u.k u.n a.m p.m i.e e.g ",
    "fa": " ه ق م ش ",
}
# After a number these are units, and a capital behind them begins a sentence: "в 2026 г. Он", not "в г. Хорог".
UNITS = " г гг в вв с тыс млн млрд трлн руб долл чел мин сек час ч сом дол ҳаз "
# A sentence longer than this is cut at a comma, semicolon or space: models were trained on sentences, and attention
# over more than a few hundred tokens wanders. In characters; an ideograph is a token, other letters a third or less.
LONGEST = {"zh": 200, "ja": 200}
LONGEST_ELSEWHERE = 700
_SOFT = re.compile(r"[;；:：,，、،؛]\s*|\s[—–-]\s")


def split_sentences(paragraph: str, language: str) -> list[str]:
    """Cut a paragraph into sentences without the white space between them.

    Joined again, they hold every character of the paragraph but that white space.
    """
    sentences = []
    start = 0
    for match in _END.finditer(paragraph):
        if match[0][0] == "." and not _ends_sentence(paragraph, match.start(), match.end(), language):
            continue
        sentences.append(paragraph[start : match.end()].strip())
        start = match.end()
    sentences.append(paragraph[start:].strip())
    return [piece for sentence in sentences if sentence for piece in _no_longer_than(sentence, language)]


def _ends_sentence(text: str, stop: int, end: int, language: str) -> bool:
    before = re.split(r"[\s(«\"“]", text[max(0, stop - 20) : stop])
    word, number = before[-1], before[-2] if len(before) > 1 else ""
    after = text[end:].lstrip('«"“ \t')[:1]
    if after.islower() or (len(word) == 1 and word.isupper()):  # an initial
        return False
    if word.isdigit() and after.isdigit():
        return False  # 22. 11. 2026
    if f" {word.lower()} " not in ABBREVIATIONS.get(language, ""):
        return True
    return number[-1:].isdigit() and f" {word.lower()} " in UNITS


def _no_longer_than(sentence: str, language: str) -> list[str]:
    longest = LONGEST.get(language, LONGEST_ELSEWHERE)
    pieces = []
    while len(sentence) > longest:
        soft = [match.end() for match in _SOFT.finditer(sentence, longest // 3, longest)]
        space = sentence.rfind(" ", longest // 3, longest)
        cut = soft[-1] if soft else space + 1 if space > 0 else longest
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [*pieces, sentence] if sentence else pieces
