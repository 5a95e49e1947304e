"""Language codes as people write them: ISO 639-1, and what is meant by others."""

from __future__ import annotations

# All of ISO 639-1. Names are looked for in whatever of them an article is in, by the script of the name.
_LISTED = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
CODES = frozenset(_LISTED.split())
# What people write for a language of the region, and its code.
SLIPS = {
    "tj": "tg", "taj": "tg", "tgk": "tg", "cn": "zh", "chi": "zh", "zho": "zh", "zh-cn": "zh", "zh-hans": "zh",
    "rus": "ru", "eng": "en", "kg": "ky", "kz": "kk", "kaz": "kk", "ir": "fa", "per": "fa", "farsi": "fa", "prs": "fa",
    "uzb": "uz", "kir": "ky", "russian": "ru", "tajik": "tg", "chinese": "zh", "english": "en", "zh-hant": "zh",
    "zh-tw": "zh",
}  # fmt: skip


def is_language(code: str) -> bool:
    """Tell whether a code is one of ISO 639-1 and not a slip: ``kg`` is Kongo, and Kyrgyz is meant."""
    return code in CODES and code not in SLIPS


def language_fix(written: str) -> str:
    """Return what to write instead of a code that is none."""
    meant = SLIPS.get(written.lower()) or written.lower()
    return f"Did you mean `{meant}`?" if is_language(meant) else "Two small letters: ru, tg, zh, en, fa, kk, ky, uz"
