"""The letters of Tajik, however they were typed: eight-bit fonts, look-alikes of other alphabets, composed marks."""

from __future__ import annotations

import re
import unicodedata

# Letters of the fonts that came before Unicode, and of other alphabets that look like those of Tajik. The Latin K with
# a descender (U+2C6A) stands for қ in whole news texts.
_LOOKALIKES = str.maketrans(
    "љњќѓїўіҹӌһӽⱪⱨҝӷЉЊЌЃЇЎІҸӋҺӼⱩⱧҜӶ",
    "ҷҳқғӣӯӣҷҷҳҳқҳқғҶҲҚҒӢӮӢҶҶҲҲҚҲҚҒ",
)
_TYPED_ALIKE = re.compile("[љњќѓїўіҹӌһӽⱪⱨҝӷЉЊЌЃЇЎІҸӋҺӼⱩⱧҜӶ]")
_LATIN = str.maketrans("aeocpxyiABCEHIKMOPTX", "аеосрхуӣАВСЕНӢКМОРТХ")
# Latin and Cyrillic in one word, and the words that may have it.
_TOUCHING = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")
_MIXED = re.compile(r"[A-Za-zЀ-ӿ]+")
_PASSING = re.compile(r"[aeocpxyiABCEHIKMOPTXЀ-ӿ]*[Ѐ-ӿ][aeocpxyiABCEHIKMOPTXЀ-ӿ]*")
_MARK = re.compile("[̄̆̌̈]")


def in_tajik_letters(text: str) -> str:
    """Write each letter of Tajik as Unicode has it; what is Latin by itself stays."""
    if _MARK.search(text):
        text = unicodedata.normalize("NFC", text)
    if _TYPED_ALIKE.search(text):
        text = text.translate(_LOOKALIKES)
    return _MIXED.sub(_in_one_alphabet, text) if _TOUCHING.search(text) else text


def _in_one_alphabet(found: re.Match[str]) -> str:
    """Write a word in Cyrillic if all of it passes for that."""
    return found[0].translate(_LATIN) if _PASSING.fullmatch(found[0]) else found[0]
