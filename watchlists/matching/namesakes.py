"""Tell what is only called like a place, a state or a person: a hotel, a street, a team, somebody, a number, a word.

A thing's name stands in quotes behind the word for the thing, a street's behind that for a street; in quotes and beside
a score, the name of a place is a team. What an analyst takes for the place (полигон «Ляур») is left alone.
"""

from __future__ import annotations

import re

from watchlists.forms.wordlists import words_of
from watchlists.matching.folding import fold_name

_PLACES = frozenset({"Address", "Country"})
_NAMED_AFTER = frozenset({"Person", *_PLACES})
_OPENING, _CLOSING = "«\"“„‹'", "»\"”“›'"
_REACH = 32  # characters before a name: a word, a quote, and a number or an adjective within the quotes
_SPORT_REACH = 70
_QUOTED = (
    "гостиниц|отел[ьяюе]|хостел|мотел|ледокол|теплоход|пароход|танкер|сухогруз|балкер|газовоз|паром|судн|судов|кораб|крейсер"
    "|фрегат|корвет|эсмин|линкор|подлод|катер|яхт|шхун|барж|траулер|кинотеатр|театр|фильм|картин|сериал|роман|книг|пьес|спектак"
    "|песн|альбом|газет|журнал|еженедельник|телеканал|канал|радиостанц|ресторан|кафе|столов|чайхан|клуб|команд"
    "|поезд|экспресс|электропоезд"
    "|концерн|холдинг|банк|компани|фирм|авиакомпани|парти|ансамбл|премия|премии|марк|сорт|водк|коньяк|сигарет"
    "|меҳмонхона|меҳмонсаро|киштӣ|кишти|яхшикан|рӯзнома|ҳафтанома|маҷалла|тарабхона|ошхона|чойхона|бошгоҳ|даста"
    "|филм|суруд|китоб|ширкат|бонк|ҳизб|синамо"
)
_QUOTED_SHORT = "фк|хк|бк|мфк|тц|трц|бар|бара|баре|ооо|оао|зао|ао|ҷдмм|ҷсп|ҷсс"
_THING = re.compile(rf"(?:(?:{_QUOTED})[^\W\d_]*|(?:{_QUOTED_SHORT})(?:-?[иы])?)", re.IGNORECASE)
# In the singular: улицы Лондона are of the town, and so is a square that is called by its own name.
_STREET = re.compile(
    r"(?:улиц[аеу]|улицей|(?:переул(?:о?к)|бульвар|проспект)(?:а|у|ом|е)?|к[ӯу]чаи|хиёбони)|(?:ул|пр|просп|пер)\.",
    re.IGNORECASE,
)
_SPORT = re.compile(
    r"\b\d\s?:\s?\d\b|матч|гол[аыеу]?\b|футбол|хокке|чемпионат|турнир|тренер|вратар|форвард|полузащит|пенальти"
    r"|бозингар|мураббӣ|сармурабб|дарвозабон|чемпион|қаҳрамонии|ҷоми|тӯбҳо",
    re.IGNORECASE,
)


# Before an address and with a capital within a sentence, of another place: Нижний Пяндж, Болои Мурғоб.
_OTHER_PLACE = re.compile(
    r"(?:Верхн|Нижн|Стар|Нов|Мал|Больш|Велик)(?:[иы]й|ая|ое|ого|ему|ому|ем|ом|[иы]м|ой|ей|ую|юю)|Болои"
)
_SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]ва?|[иы]на?|ск(?:ий|ая)|ян|янц|дзе|швили|ич|ко|сон|заде|зода)")
_NUMERALS = re.compile(
    "як|ду|се|ча?ҳ?ор|пан[ҷч]|шаш|[ҳх]афт|[ҳх]ашт|н[ӯу][ҳх]|да[ҳх]|бист|сӣ|чил|шаст|навад|сад|[ҳх]азор", re.IGNORECASE
)
_NEXT_WORD = re.compile(r"[^\S\n]([^\W\d_]+)")
# After a numeral stands what is counted; these begin the rest of a sentence that a place stands at the head of.
_NOT_COUNTED = re.compile(
    "дар|аз|ба|то|ва|ё|бо|барои|ки|низ|[ҳх]ам|бар|чун|аммо|вале|лекин|бошад|ин|он|баъд|пас|имр[ӯу]з|[ҳх]оло|боз|аст|буд"
    "|мебошад|нест|шуд|кард|на|[ҳх]ан[ӯу]з|[ҳх]атто"
)
_BEGINS = frozenset(".!?…:;\n—–-•")


def is_something_else(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether what stands at ``[start:end]`` is no place, state or person, but called so."""
    if schema in _NAMED_AFTER and _is_named_after(text, start, end, schema=schema):
        return True
    return schema in _PLACES and (_is_number(text, start, end) or _is_of_a_longer_name(text, start, end, schema=schema))


def may_be_a_word(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether the name of a thing, which is a word of the language, may be that word here: Град побил сады."""
    if schema in _NAMED_AFTER or not text[start:end].isalpha() or not begins_a_sentence(text, start, end):
        return False
    from watchlists.forms.given_names import is_common_word  # noqa: PLC0415  loads the dictionary

    return is_common_word(text[start:end])


def begins_a_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a capital says nothing here: at the head of a sentence, without quotes, or among capitals."""
    before = text[max(0, start - 4) : start].rstrip(" \u00a0")
    if not before or before[-1] in _BEGINS:
        return True
    around = text[max(0, start - _REACH) : start] + text[end : end + _REACH]
    return text[start:end].isupper() and before[-1] not in _OPENING and around.isupper()


def _is_named_after(text: str, start: int, end: int, *, schema: str) -> bool:
    before = text[max(0, start - _REACH) : start]
    quoted = before[-1:] in _OPENING and text[end : end + 1] in _CLOSING and before != "" and end < len(text)
    words = before.rstrip(f"{_OPENING} \n\u00a0").rsplit(maxsplit=1)
    word = words[-1] if words else ""
    if not quoted:
        # What a street has before its name is the word for it, or the given name of the person.
        return before[-1:].isspace() and _STREET.fullmatch(word) is not None
    if _THING.fullmatch(word) or _STREET.fullmatch(word):
        return True
    around = text[max(0, start - _SPORT_REACH) : end + _SPORT_REACH]
    return schema != "Person" and _SPORT.search(around) is not None


def _is_number(text: str, start: int, end: int) -> bool:
    """Tell whether the name of a place is a numeral of Tajik here, with what it counts behind it: Панҷ нафар."""
    if not _NUMERALS.fullmatch(text[start:end]):
        return False
    counted = _NEXT_WORD.match(text, end)
    after_izafet = re.search(r"[иӣ][^\S\n]$", text[max(0, start - 2) : start])
    return bool(counted and counted[1].islower() and not _NOT_COUNTED.fullmatch(counted[1]) and not after_izafet)


def _is_of_a_longer_name(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether the name of a place is part of another place's or of somebody's: Джек Лондон, Вахан Мкртчян."""
    if _is_before_a_surname(text, start, end):
        return True
    before = text[max(0, start - _REACH) : start]
    if before[-1:] not in {" ", "\u00a0"} or not (words := before.rsplit(maxsplit=1)):
        return False
    word = words[-1]
    if not (word.isalpha() and word[0].isupper() and word[1:].islower()):
        return False
    if begins_a_sentence(text, start - 1 - len(word), start - 1):
        return False
    return (schema == "Address" and _OTHER_PLACE.fullmatch(word) is not None) or _is_given(word)


def _is_before_a_surname(text: str, start: int, end: int) -> bool:
    after = _NEXT_WORD.match(text, end)
    if not after or not after[1][0].isupper() or not after[1][1:].islower():
        return False
    place = text[start:end]
    if fold_name(place) not in words_of("places that are given names") and not _is_given(place):
        return False
    from watchlists.forms.russian_words import can_be  # noqa: PLC0415  loads the dictionary

    return _SURNAME.fullmatch(after[1]) is not None or can_be(after[1], "Surn", "nomn")


def _is_given(word: str) -> bool:
    """Tell whether a word is a given name and nothing else."""
    from watchlists.forms.given_names import is_only_a_given_name  # noqa: PLC0415  loads the dictionary

    return is_only_a_given_name(fold_name(word))
