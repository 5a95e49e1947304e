"""What is only called like a listed name, beside what is the name: one class a row, in both directions."""

# ruff: noqa: E501  one case a line

from __future__ import annotations

import pytest

from watchlists.listfile import Entity, WatchList
from watchlists.matching import compile_matcher

# What it is, language, schema, listed names (those with "weak:" before them weak), a text, and what is found there.
CASES = [
    ("letters of old fonts", "tg", "Country", ["Тоҷикистон"], "Љумњурии Тољикистонро", ["Тољикистонро"]),
    ("letters of old fonts, ҳ", "tg", "Organization", ["Созмони ҳамкорӣ"], "Созмони њамкорї омад", ["Созмони њамкорї"]),
    ("letters of old fonts, қ", "tg", "Country", ["Қирғизистон"], "аз Ќирѓизистон", ["Ќирѓизистон"]),
    ("the people in old letters", "tg", "Country", ["Тоҷикистон"], "тољикистонї ва тољикон", []),
    ("letters with other hooks", "tg", "Country", ["Қазоқистон"], "ба Ⱪазоⱪистон рафт", ["Ⱪазоⱪистон"]),
    ("my own", "tg", "Address", ["Исфара"], "«Исфараам», гуфт ӯ", ["Исфараам"]),
    ("an abstract noun", "tg", "Topic", ["муҳоҷир"], "Муҳоҷират кам шуд, муҳоҷирон омаданд", ["муҳоҷирон"]),
    ("five men", "tg", "Address", ["Панҷ"], "Панҷ нафар омаданд. Панҷ мошин сӯхт.", []),
    ("the town of Panj", "tg", "Address", ["Панҷ"], "Панҷ дар соҳил аст, ноҳияи Панҷ обод шуд", ["Панҷ", "Панҷ"]),
    ("the other Murghab", "tg", "Address", ["Мурғоб"], "дар Мурғоби Туркманистон", []),
    ("the Murghab meant", "tg", "Address", ["Мурғоб"], "дар Мурғоби Бадахшон", ["Мурғоби"]),
    ("listed itself", "tg", "Address", ["Мурғоб", "Мурғоби Туркманистон"], "Мурғоби Туркманистон", ["Мурғоби Туркманистон"]),
    ("South Sudan", "ru", "Country", ["Судан"], "в Южном Судане и в Судане", ["Судане"]),
    ("South Sudan in Tajik", "tg", "Country", ["Судон"], "дар Судони Ҷанубӣ ва Судон", ["Судон"]),
    ("Guinea-Bissau", "ru", "Country", ["Гвинея"], "из Гвинеи-Бисау в Гвинею", ["Гвинею"]),
    ("a hotel", "ru", "Country", ["Таджикистан"], "в гостинице «Таджикистан» Таджикистана", ["Таджикистана"]),
    ("a hotel in Tajik", "tg", "Country", ["Тоҷикистон"], "дар меҳмонхонаи «Тоҷикистон» нишастанд", []),
    ("a firing range", "ru", "Address", ["Ляур"], "на полигоне «Ляур» тихо", ["Ляур"]),
    ("an ice-breaker", "ru", "Person", ["Виктор Черномырдин"], "ледокол «Виктор Черномырдин» вышел", []),
    ("a team", "ru", "Address", ["Худжанд"], "«Худжанд» обыграл гостей 2:1, матч шёл в Худжанде", ["Худжанде"]),
    ("a street", "ru", "Person", ["Рустам Азимов"], "дом на улице Рустама Азимова", []),
    ("a street in Tajik", "tg", "Address", ["Айнӣ"], "дар кӯчаи Айнӣ, на дар Айнӣ", ["Айнӣ"]),
    ("the streets of a town", "ru", "Address", ["Бангкок"], "на улицы Бангкока вышли", ["Бангкока"]),
    ("a place with another's given name", "ru", "Address", ["Лондон"], "роман, который Джек Лондон писал в Лондоне", ["Лондоне"]),
    ("the place is his given name", "ru", "Address", ["Милан"], "тренер Милан Бабич приехал в Милан", ["Милан"]),
    ("the place at the head of a sentence", "ru", "Address", ["Милан"], "Милан ждёт гостей", ["Милан"]),
    ("glory to a state", "ru", "Country", ["Украина"], "Крикнул: Слава Украине", ["Украине"]),
    ("a lower town", "ru", "Address", ["Уренгой"], "в город Новый Уренгой, не в Уренгой", ["Уренгой"]),
    ("hail", "ru", "Asset", ["Град"], "Град побил сады", []),
    ("hail and rockets", "ru", "Asset", ["Град", "БМ-21 «Град»"], "БМ-21 «Град» стар. Но Град ещё бьёт", ["БМ-21 «Град", "Град"]),
    ("rockets in quotes", "ru", "Asset", ["Град"], "«Град» стрелял, и Град стоял", ["Град", "Град"]),
    ("a weak name that the full one may be cut to", "tg", "Organization", ["пойгоҳи низомии 201-ум", "weak:пойгоҳи 201-ум"],
     "дар пойгоҳи 201-уми кӯҳнавардон", []),
    ("a comma for a dash", "ru", "Topic", ["Один пояс — один путь"], "«Один пояс, один путь»", ["Один пояс, один путь"]),
    ("a comma in another name", "ru", "PublicBody", ["Министерство обороны"], "министерство, обороны", []),
    ("a given name written together", "ru", "Person", ["Касым-Жомарт Токаев"], "Касымжомарту Токаеву", ["Касымжомарту Токаеву"]),
    ("a surname of two parts", "ru", "Person", ["Илья Волков-Зарубин"], "Илья Волковзарубин", []),
    ("a name that is and", "ru", "Person", ["Ван И"], "инженеры Ван и Чжао", []),
    ("a surname before", "ru", "Person", ["Ван И"], "министр Ван И прибыл. Позже Ван уехал", ["Ван И", "Ван"]),
    ("a fleeting vowel", "ru", "Person", ["Павел Черных"], "вдове Павла Андреевича Черных", ["Павла Андреевича Черных"]),
    ("a woman", "ru", "Person", ["Виктор Бондаренко"], "Виктория Бондаренко и В. Бондаренко", ["В. Бондаренко"]),
    ("a father", "ru", "Person", ["Ахмад Масуд"], "Ахмад Масуд и Ахмад Шах Масуд", ["Ахмад Масуд"]),
    ("another Turkmen", "ru", "Person", ["Сердар Бердымухамедов"],
     "Сердар Бердымухамедов, Гурбангулы Бердымухамедов", ["Сердар Бердымухамедов"]),
    ("another's name, put together", "tg", "Person", ["Эмомалӣ Раҳмон"], "Эмомалӣ Раҳмон ва Шарофиддин Раҳмон", ["Эмомалӣ Раҳмон"]),
    ("the surname behind a state", "ru", "Person", ["Владимир Путин"],
     "Владимир Путин прибыл. Президент России Путин сказал", ["Владимир Путин", "Путин"]),
    ("you are from", "tg", "Address", ["Кобул"], "Шумо аз Кобулед ё аз Кобулам?", ["Кобулед", "Кобулам"]),
    ("a given name on a stem", "tg", "Person", ["Аҳмад Сам"], "Аҳмад Самед", []),
    ("an older shape of the surname", "tg", "Person", ["Рамазон Раҳимзода"], "Рамазон Раҳимов ва Р. Раҳимов", []),
    ("an older shape beside the name", "tg", "Person", ["Рамазон Раҳимзода"],
     "Рамазон Раҳимзода, пештар Рамазон Раҳимов", ["Рамазон Раҳимзода", "Рамазон Раҳимов"]),
    ("a brother", "tg", "Person", ["Шаҳбоз Шариф"], "Шаҳбоз Шариф ва додараш Навоз Шариф", ["Шаҳбоз Шариф"]),
    ("a town called like the surname", "tg", "Person", ["Шаҳбоз Шариф"],
     "Шаҳбоз Шариф аз Мазори Шариф гузашт", ["Шаҳбоз Шариф"]),
    ("the surname behind a state in Tajik", "tg", "Person", ["Шаҳбоз Шариф"],
     "Шаҳбоз Шариф омад. Ба гуфти сарвазири Покистон Шариф қарор қабул шуд", ["Шаҳбоз Шариф", "Шариф"]),
    ("a wife", "ru", "Person", ["Ильхам Алиев"], "Ильхам Алиев и Мехрибан Алиева. Алиев рад", ["Ильхам Алиев", "Алиев"]),
    ("another's name in no list", "ru", "Person", ["Ильхам Алиев"], "Ильхам Алиев и тренер Фазильджан Алиев", ["Ильхам Алиев"]),
    ("a noun beside the name", "ru", "Company", ["Газпром нефть"], "акции «Газпром нефти»", ["Газпром нефти"]),
    ("a firm within another", "ru", "Company", ["Газпром"], "«Газпром нефть» и «Газпром нефтью» владеет «Газпром»", ["Газпром"]),
    ("an ocean", "tg", "Country", ["Ҳинд"], "дар Уқёнуси Ҳинд ва дар Ҳинд", ["Ҳинд"]),
    ("a lake", "ru", "Country", ["Чад"], "на озере Чад в Чаде", ["Чаде"]),
    ("a sea in small letters", "tg", "Country", ["Уммон"], "мавҷҳои уммон дар соҳили Уммон", ["Уммон"]),
    ("a witness", "tg", "Asset", ["Шоҳид"], "шоҳиди ҳодиса. Шоҳид гуфт", []),
    ("a drone called a witness", "tg", "Asset", ["Шоҳид"], "ҳавопаймои Шоҳид ва шоҳидон", ["Шоҳид"]),
    ("an airline", "ru", "Country", ["Катар"], "самолёт Катар Эйрвейз сел в Катаре", ["Катаре"]),
    ("a mall", "tg", "Address", ["Душанбе"], "дар «Душанбе Молл» ва Душанбе-Плаза", []),
    ("a bank in a town", "tg", "Address", ["Душанбе"], "бонке дар Душанбе", ["Душанбе"]),
    ("a writer in Tajik", "tg", "Address", ["Лондон"], "Ҷек Лондон дар Лондон зист", ["Лондон"]),
    ("somebody called like a state", "tg", "Country", ["Исроил"], "Исроил Каримов ба Исроил рафт", ["Исроил"]),
    ("a state that takes a place", "tg", "Country", ["Исроил"], "Исроил Ғаззаро иҳота кард", ["Исроил"]),
    ("another court", "tg", "Organization", ["Суди байналмилалӣ"], "Суди байналмилалии ҷиноятӣ ва Суди байналмилалӣ", ["Суди байналмилалӣ"]),
    ("the court of the republic", "tg", "Organization", ["Кумитаи амнияти миллӣ"], "Кумитаи амнияти миллии ҷумҳурӣ", ["Кумитаи амнияти миллии"]),
    ("izafet between two names", "tg", "Asset", ["Аэробус А320"], "Аэробуси А320, Аэробус А321", ["Аэробуси А320"]),
    ("a Korean", "tg", "Person", ["Ким Чен Ин"], "Ким Чен Инро, Ким Ин", ["Ким Чен Инро"]),
    ("another word without its letters", "tg", "Address", ["Қум"], "аз Қум регу кум. Кум хушк шуд", ["Қум"]),
    ("a text without the letters", "tg", "Address", ["Қум"], "дар шахри Кум", ["Кум"]),
    ("the surname is his given name", "tg", "Person", ["Рустами Эмомалӣ"], "Рустами Эмомалӣ рафт. Эмомалӣ Собиров монд", ["Рустами Эмомалӣ"]),
    ("a Turkic rock", "ru", "Address", ["Кызыл-Кия"], "в Кызыл-Кие, из Кызыл-Кии", ["Кызыл-Кие", "Кызыл-Кии"]),
    ("a town on the river", "ru", "Address", ["Амур"], "в Комсомольске-на-Амуре и на Амуре", ["Амуре"]),
    ("a pronoun", "ru", "Country", ["Того"], "Того, кто бежал, ждали в Того", ["Того"]),
    ("hail beside the rockets", "ru", "Asset", ["Град"], "Залп «Града» стих. Град побил сады", ["Града"]),
    ("a name of men that the dictionary gives to women", "ru", "Person", ["Эммануэль Макрон"],
     "с Эммануэлем Макроном, у Макрона, Брижит Макрон", ["Эммануэлем Макроном", "Макрона"]),
    ("an Arabic article", "ru", "Person", ["Башар Асад"], "у Башара аль-Асада и Асмы Асад", ["Башара аль-Асада"]),
    ("a Korean of the same surname", "ru", "Person", ["Анна Ким"], "Анна Ким и Ким Чен Ын. Ким рада", ["Анна Ким", "Ким"]),
    ("an apostrophe", "ru", "Country", ["Кот-д’Ивуар"], "в Кот-д’Ивуаре, из Кот-д'Ивуара", ["Кот-д’Ивуаре", "Кот-д'Ивуара"]),
    ("a poet", "ru", "Address", ["Рудаки"], "стихи Абуабдулло Рудаки читали в районе Рудаки", ["Рудаки"]),
    ("a wish in small letters", "ru", "Country", ["Мали"], "мали и Мали", ["Мали"]),
    ("the state before its minister", "ru", "Country", ["Израиль"], "глава Израиля Биньямин Нетаньяху", ["Израиля"]),
    ("Monday", "tg", "Address", ["Душанбе"], "рӯзи душанбе ба Душанбе омад", ["Душанбе"]),
    ("Monday and a name listed in Russian", "ru", "Address", ["Душанбе"], "в Душанбе", ["Душанбе"]),
    ("a spark", "tg", "Address", ["Шарора"], "шарора афканд; Шарора Назарова аз деҳаи Шарора", ["Шарора"]),
    ("a poet in Tajik", "tg", "Address", ["Лоиқ"], "Лоиқ Шералӣ дар маҳаллаи Лоиқ", ["Лоиқ"]),
    ("the bearer of an arm's name", "tg", "Asset", ["Калашников"], "автомати Калашников, ки Михаил Калашников сохт", ["Калашников"]),
    ("and another person", "tg", "Person", ["Доналд Трамп"], "Доналд Трамп омад, Трампу Путин ва Меланя Трамп", ["Доналд Трамп", "Трампу"]),
    ("the usual spelling", "tg", "Country", ["Қирғизистон"], "дар Қирғизстон", ["Қирғизстон"]),
    ("a bank at the head of a sentence", "ru", "Company", ["Сбербанк"], "Сбербанк снизил ставку", ["Сбербанк"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "schema", "names", "text", "surfaces"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_name_is_told_from_what_is_called_like_it(
    language: str, schema: str, names: list[str], text: str, surfaces: list[str]
) -> None:
    full = [name for name in names if not name.startswith("weak:")]
    weak = [name.removeprefix("weak:") for name in names if name.startswith("weak:")]
    listed = {"id": "it", "schema": schema, "caption": "It", "name": {language: full}}
    if weak:
        listed["weak"] = {language: weak}
    matcher = compile_matcher([WatchList(id="list", title="List", entities=(Entity.model_validate(listed),))])
    found = matcher.find(article_id="", title="", text=text, language=language)
    assert [mention.surface for mention in found] == surfaces
