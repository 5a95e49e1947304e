"""Adjectives of countries, which English news puts before those who govern: Russian president."""

from __future__ import annotations

_TABLE = """
Afghanistan Afghan; Albania Albanian; Algeria Algerian; America American; Angola Angolan; Argentina Argentine;
Armenia Armenian; Australia Australian; Austria Austrian; Azerbaijan Azerbaijani; Bahrain Bahraini;
Bangladesh Bangladeshi; Belarus Belarusian; Belgium Belgian; Bolivia Bolivian; Bosnia Bosnian; Brazil Brazilian;
Britain British; Bulgaria Bulgarian; Cambodia Cambodian; Cameroon Cameroonian; Canada Canadian; Catalonia Catalan;
Chechnya Chechen; Chile Chilean; China Chinese; Colombia Colombian; Congo Congolese; Croatia Croatian; Cuba Cuban;
Cyprus Cypriot; Denmark Danish; Ecuador Ecuadorian; Egypt Egyptian; England English; Estonia Estonian;
Ethiopia Ethiopian; Europe European; Finland Finnish; France French; Georgia Georgian; Germany German; Ghana Ghanaian;
Greece Greek; Haiti Haitian; Hungary Hungarian; Iceland Icelandic; India Indian; Indonesia Indonesian; Iran Iranian;
Iraq Iraqi; Ireland Irish; Israel Israeli; Italy Italian; Jamaica Jamaican; Japan Japanese; Jordan Jordanian;
Kazakhstan Kazakh; Kenya Kenyan; Korea Korean; Kosovo Kosovar; Kuwait Kuwaiti; Kyrgyzstan Kyrgyz; Latvia Latvian;
Lebanon Lebanese; Libya Libyan; Lithuania Lithuanian; Macedonia Macedonian; Malaysia Malaysian; Mexico Mexican;
Mongolia Mongolian; Morocco Moroccan; Nepal Nepalese; Netherlands Dutch; Nigeria Nigerian; Norway Norwegian;
Pakistan Pakistani; Palestine Palestinian; Peru Peruvian; Philippines Philippine; Poland Polish; Portugal Portuguese;
Qatar Qatari; Romania Romanian; Russia Russian; Scotland Scottish; Serbia Serbian; Slovakia Slovak; Slovenia Slovenian;
Somalia Somali; Spain Spanish; Sudan Sudanese; Sweden Swedish; Switzerland Swiss; Syria Syrian; Taiwan Taiwanese;
Tajikistan Tajik; Thailand Thai; Tunisia Tunisian; Turkey Turkish; Turkmenistan Turkmen; Ukraine Ukrainian;
Uzbekistan Uzbek; Venezuela Venezuelan; Vietnam Vietnamese; Wales Welsh; Yemen Yemeni; Zimbabwe Zimbabwean
"""
_OF_ONE_WORD = dict(pair.split() for pair in _TABLE.split(";"))
ADJECTIVES = {
    f"{before}{country}": f"{before}{adjective}"
    for country, adjective in _OF_ONE_WORD.items()
    for before in ("", "North ", "South ", "New ")
} | {"Saudi Arabia": "Saudi", "South Africa": "South African", "New Zealand": "New Zealand", "UK": "British"}
# What the adjective is said with rather than "of": "president of Russia" is the Russian president.
_HEAD_WORDS = """
actor actress agent aircraft airspace ambassador army artist athlete authority billionaire border businessman
champion chancellor citizen coach coast commander company constitution consulate culture currency defender designer
dictator diplomacy diplomat director economy election embargo embassy expert fighter firm force general goalkeeper
government hacker hospital industry intelligence journalist language law lawmaker lawyer leader legislation
market media midfielder migrant military minister missile monarchy nationality navy newspaper official opposition
order parliament passport peninsula pilot plane police politician politics premier president prime prince princess
prison prosecutor referendum refugee regime regulation regulator royal ruler runner sanction scientist
senator side singer soldier spy striker swimmer territory tourist troop voter warship
"""
_HEADS = frozenset(_HEAD_WORDS.split())


def adjective_before(head: str, country: str) -> str | None:
    """Return the adjective of a country for a noun that takes it, or ``None``; names are those of the lexicon."""
    adjective = ADJECTIVES.get(country)
    if adjective is None:
        return None
    last = head.lower().rpartition(" ")[2]
    known = last in _HEADS or last.removesuffix("s") in _HEADS or last.removesuffix("ies") + "y" in _HEADS
    return adjective if known else None
