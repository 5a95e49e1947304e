"""Tell what is only called like a place, a state or a person: a hotel, a street, a team, somebody, a number, a word.

A thing's name stands in quotes behind the word for the thing, a street's behind that for a street; in quotes and beside
a score, the name of a place is a team. What an analyst takes for the place (полигон «Ляур») is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from watchlists.forms.wordlists import words_of
from watchlists.matching.folding import fold_name

PLACES = frozenset({"Address", "Country"})
_NAMED_AFTER = frozenset({"Person", *PLACES})
_OPENING, _CLOSING = "«\"“„‹'", "»\"”“›'"
_QUOTE_BEFORE = frozenset(_OPENING)
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
_INITIAL = re.compile(r"(?<!\w)[А-ЯЁҶҲҚҒӢӮ]\. $")
_PLAIN_SURNAME = re.compile(r"[А-ЯЁҶҲҚҒӢӮ][а-яёҷҳқғӣӯ]+(?:[оеё]ва?|зода|заде|швили|дзе|ян)")
_NUMERALS = re.compile(
    "як|ду|се|ча?ҳ?ор|пан[ҷч]|шаш|[ҳх]афт|[ҳх]ашт|н[ӯу][ҳх]|да[ҳх]|бист|сӣ|чил|шаст|навад|сад|[ҳх]азор", re.IGNORECASE
)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
# After a numeral stands what is counted; these begin the rest of a sentence that a place stands at the head of.
_NOT_COUNTED = re.compile(
    "дар|аз|ба|то|ва|ё|бо|барои|ки|низ|[ҳх]ам|бар|чун|аммо|вале|лекин|бошад|ин|он|баъд|пас|имр[ӯу]з|[ҳх]оло|боз|аст|буд"
    "|мебошад|нест|шуд|кард|на|[ҳх]ан[ӯу]з|[ҳх]атто"
)
_BEGINS = frozenset(".!?…:;\n—–-•")


# Of a sea or a lake that has its name from a state: Уқёнуси Ҳинд, озеро Чад.
_WATER = re.compile(
    "(?:у[қк]ёнуси|ба[ҳх]ри|хали[ҷч]и|к[ӯу]ли|дарёи|гул[ӯу]го[ҳх]и|озер[оауе]|озером|рек[аиеу]|рекой)", re.IGNORECASE
)
# Behind a place, of a firm or a paper that is called by it: Катар Эйрвейз, Душанбе-Плаза.
_OF_A_FIRM = re.compile(
    r"[ -](?:Бонк|Банк|Эйр|Эйрлайн[зс]|Эйрвейс|Эйрвейз|Молл|Плаза|Сити|Тауэр|Экспресс|Холдинг|Групп|Инвест|Телеком"
    r"|Мобайл|Цемент|Плюс|Тудей|Лайф|Ойл|Петролеум|Энердж[иы]|Текстил[ья]?|Голд|Таймс|Пост|Юнайтед|Аэро|Авиа|Фарм|Агро"
    r"|Трейд|Медиа|Моторс|Стил|Иншуренс|Интернешнл|Интернэшнл|Трибюн|Дейли)(?![а-яё]{3})"
)
# What may follow a name of Tajik that ends in an adjective and still be no part of it.
_NOT_OF_THE_NAME = re.compile(
    "[ҷч]ум[ҳх]ур[ӣи]|[ҷч]ор[ӣи]|ма[ҳх]алл[ӣи]|кунун[ӣи]|феъл[ӣи]|имр[ӯу]з[ӣаи]|оянда|расм[ӣи]"
)
_BODIES = frozenset({"Organization", "PublicBody", "Company"})
_TAJIK_LETTER = re.compile("[ҷҳқғӣӯ]|[иу]\u0304", re.IGNORECASE)
_NO_WORDS = frozenset({"Person", "PublicBody"})
_TAJIK_WORD = re.compile(r"\b(?:ва|дар|аз|ки|барои)\b")
_BLANKS = re.compile(r"[^\S\n\t]{2,}|[^\S\n\t ]")
# A name as short as this, typed without its Tajik letters where others have them, is another word: Қум, кум.
_SHORT = 4


# Of what the rules read: Cyrillic names, joints before another word, how streets and seas begin.
_FIRST_LETTER, _LAST_LETTER = "\u0400", "\u052f"
_LONGEST_NUMERAL = 5
_JOINS = frozenset({" ", "-", "\u00a0", "\u2010", "\u2011"})
_FIRST_TWO = ("ул", "пе", "пр", "бу", "ку", "кӯ", "хи", "ук", "уқ", "ба", "ха", "да", "гу", "оз", "ре")
_BEGINNINGS = frozenset([*_FIRST_TWO, *map(str.capitalize, _FIRST_TWO), *map(str.upper, _FIRST_TWO)])
_ASKING_BEFORE = _QUOTE_BEFORE | {"\u00a0"}
_BLANK = frozenset({"", "\u00a0"})
_PLAIN_BEFORE = frozenset(" \n")
_ADJECTIVE_ENDS = frozenset("иӣ\u0304")


class _Place(NamedTuple):
    """What stands at a place and about it, composed and with single spaces; ``word`` is the one before."""

    before: str
    name: str
    after: str
    word: str


def _place_of(text: str, start: int, end: int) -> _Place:
    before = _tidy(text[max(0, start - _REACH) : start])
    words = before.rstrip(f"{_OPENING} \n").rsplit(maxsplit=1)
    word = words[-1].lstrip(_OPENING + "(") if words else ""
    return _Place(before, _tidy(text[start:end]), _tidy(text[end : end + _REACH]), word)


def _tidy(text: str) -> str:
    if _BLANKS.search(text):
        text = _BLANKS.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def can_name_others(form: str, *, schema: str, takes_endings: bool) -> bool:
    """Tell whether something else is ever called like a form, so that its places must be asked.

    Of bodies and things, what has the shape of a surname or, where it ``takes_endings``, goes on with an adjective.
    """
    if not _FIRST_LETTER <= form[0] <= _LAST_LETTER:
        return False
    if schema in _NAMED_AFTER:
        return True
    return (takes_endings and schema in _BODIES and " " in form) or _SURNAME.fullmatch(form) is not None


def _may_be_something_else(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell quickly where nothing hints at it: no quote, no capital beside, no word for a street or a sea before."""
    before = text[start - 1] if start else "\n"
    if schema not in _NAMED_AFTER:
        may_go_on = schema in _BODIES and text[end - 1] in _ADJECTIVE_ENDS
        return may_go_on or (before in _JOINS and _SURNAME.fullmatch(_tidy(text[start:end])) is not None)
    word = ""
    if before == " ":
        since = max(0, start - _REACH)
        word = text[max(since, text.rfind(" ", since, start - 1) + 1) : start - 1]
    if before in _ASKING_BEFORE or word[:2] in _BEGINNINGS or (before == " " and word in _BLANK):
        return True
    if schema == "Person":
        return False
    return (
        word[:1].isupper()
        or before not in _PLAIN_BEFORE
        or (text[end : end + 1] in _JOINS and (text[end + 1 : end + 2].isupper() or text[end + 1 : end + 2].isspace()))
        or (end - start <= _LONGEST_NUMERAL and _NUMERALS.fullmatch(text, start, end) is not None)
    )


def is_something_else(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether what stands at ``[start:end]`` is no place, state, body or person, but called so.

    Only asked of forms that ``can_name_others``.
    """
    if not _may_be_something_else(text, start, end, schema=schema):
        return False
    if schema in _BODIES:
        place = _place_of(text, start, end)
        return _goes_on(place) or _is_somebody(place)
    if schema not in _NAMED_AFTER:
        return _is_somebody(_place_of(text, start, end))
    place = _place_of(text, start, end)
    if _is_named_after(text, start, end, place, schema=schema):
        return True
    return schema in PLACES and (_is_number(place) or _is_of_a_longer_name(place, schema=schema))


def is_another_word(text: str, start: int, end: int) -> bool:
    """Tell whether a short name that is typed without its Tajik letters is a word of a text that has them."""
    return end - start <= _SHORT and _has_tajik_letters(text)


def is_tajik(text: str) -> bool:
    """Tell whether a text is in Tajik, by its letters or by the words that nothing can do without."""
    return has_tajik_letters(text) or _TAJIK_WORD.search(text) is not None


@lru_cache(maxsize=2)
def _has_tajik_letters(text: str) -> bool:
    """Tell it of a whole article, once for all names in it."""
    return has_tajik_letters(text)


def has_tajik_letters(text: str) -> bool:
    """Tell whether a text is written with letters that Tajik has and Russian has not."""
    return _TAJIK_LETTER.search(text) is not None


def may_be_a_word(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether a name that is a word of the language may be that word here: Град побил сады.

    Places are spoken of more often than what they are called like, unless it is a pronoun (Того).
    """
    if schema in _NO_WORDS or not begins_a_sentence(text, start) or not (name := text[start:end]).isalpha():
        return False
    from watchlists.forms.given_names import is_common_word, is_pronoun  # noqa: PLC0415  loads the dictionary

    if schema in PLACES:
        return is_pronoun(name)
    return is_common_word(name) and fold_name(name) not in words_of("names that the dictionary has as words, ru")


def is_quoted(text: str, start: int) -> bool:
    """Tell whether a quote stands before what begins at ``start``."""
    return text[max(0, start - 1) : start] in _QUOTE_BEFORE


def begins_a_sentence(text: str, start: int) -> bool:
    """Tell whether a capital says nothing here: at the head of a sentence and without quotes."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return False  # most names
    before = text[max(0, start - _REACH) : start].rstrip(" \u00a0")
    return not before or before[-1] in _BEGINS


def _is_named_after(text: str, start: int, end: int, place: _Place, *, schema: str) -> bool:
    if place.before[-1:] in _OPENING and place.after[:1] in _CLOSING and place.before and place.after:
        if _THING.fullmatch(place.word) or _STREET.fullmatch(place.word):
            return True
        around = text[max(0, start - _SPORT_REACH) : end + _SPORT_REACH]
        return schema != "Person" and _SPORT.search(around) is not None
    return place.before[-1:].isspace() and _STREET.fullmatch(place.word) is not None


def _is_number(place: _Place) -> bool:
    """Tell whether the name of a place is a numeral of Tajik here, with what it counts behind it: Панҷ нафар."""
    if not _NUMERALS.fullmatch(place.name):
        return False
    counted = _NEXT_WORD.match(place.after)
    after_izafet = place.word[-1:] in {"и", "ӣ"} and place.before[-1:] == " "
    return bool(counted and counted[1].islower() and not _NOT_COUNTED.fullmatch(counted[1]) and not after_izafet)


def _is_of_a_longer_name(place: _Place, *, schema: str) -> bool:
    """Tell whether the name of a place is part of another place's or of somebody's: Джек Лондон, Вахан Мкртчян."""
    if _OF_A_FIRM.match(place.after) or _is_before_a_surname(place):
        return True
    word = place.word
    if place.before[-1:] != " " or not word.isalpha():
        return False
    if schema == "Country" and _WATER.fullmatch(word):
        return True
    if not (word[0].isupper() and word[1:].islower()):
        return False
    if schema == "Address" and _OTHER_PLACE.fullmatch(word):
        at = place.before.rindex(word)
        return not begins_a_sentence(place.before, at)
    return _is_given(word)


def _is_before_a_surname(place: _Place) -> bool:
    after = _NEXT_WORD.match(place.after)
    if not after or not after[1][0].isupper() or not after[1][1:].islower():
        return False
    if begins_a_sentence(place.before, len(place.before)) and _PLAIN_SURNAME.fullmatch(after[1]):
        return True
    from watchlists.forms.given_names import is_base_given_name  # noqa: PLC0415  loads the dictionary
    from watchlists.forms.russian_words import can_be  # noqa: PLC0415

    folded = fold_name(place.name)
    is_place_too = folded in words_of("places that are given names")
    if _SURNAME.fullmatch(after[1]) and (is_place_too or is_base_given_name(folded)):
        return True
    return (is_place_too or _is_given(place.name)) and (can_be(after[1], "Surn", "nomn") or _is_given(after[1]))


def _is_somebody(place: _Place) -> bool:
    """Tell whether a thing or a firm that is called by a surname is the bearer here: Виктор Калашников."""
    if not _SURNAME.fullmatch(place.name) or place.before[-1:] != " ":
        return False
    return _INITIAL.search(place.before) is not None or (place.word[:1].isupper() and _is_given(place.word))


def _goes_on(place: _Place) -> bool:
    """Tell whether an adjective behind the izafet makes it another body: Суди байналмилалии ҷиноятӣ."""
    if " " not in place.name or not place.name.endswith(("ии", "ӣи")):
        return False
    after = _NEXT_WORD.match(place.after)
    return bool(after and after[1].islower() and after[1].endswith("ӣ") and not _NOT_OF_THE_NAME.fullmatch(after[1]))


def _is_given(word: str) -> bool:
    """Tell whether a word is a given name and nothing else."""
    from watchlists.forms.given_names import is_only_a_given_name  # noqa: PLC0415  loads the dictionary

    return is_only_a_given_name(word)
