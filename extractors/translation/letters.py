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
_LATIN = str.maketrans("aeocpxyiABCEHIKMOPTX", "аеосрхуӣАВСЕНӢКМОРТХ")
# A word that has a Cyrillic letter and Latin ones that pass for Cyrillic.
_MIXED = re.compile(r"[aeocpxyiABCEHIKMOPTX]+[Ѐ-ӿ][aeocpxyiABCEHIKMOPTXЀ-ӿ]*|[Ѐ-ӿ]+[aeocpxyiABCEHIKMOPTX]+[Ѐ-ӿ]*")
_LETTER_AND_MARK = re.compile("[̄̆̌̈]")


def in_tajik_letters(text: str) -> str:
    """Write each letter of Tajik as Unicode has it; what is Latin by itself stays."""
    if _LETTER_AND_MARK.search(text):
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_LOOKALIKES)
    return _MIXED.sub(lambda found: found[0].translate(_LATIN), text)
