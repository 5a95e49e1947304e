"""The outlet files that come with Wakhan load, know their articles, and list their sources in order of trust."""

import re
from importlib import resources
from typing import get_args
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML

from extractors.outlet import Outlet, load_outlets
from extractors.outlet_fields import Evidence
from extractors.urls import canonical_url

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
EVERY_OUTLET = pytest.mark.parametrize("outlet", OUTLETS.values(), ids=OUTLETS)

# Addresses of articles as studies, documents and archived pages cite them.
ARTICLES = [
    ("asia_plus", "https://asiaplustj.info/ru/news/tajikistan/security/20221121/ne-rezhe-odnogo-raza-v-dva-goda"),
    ("asia_plus", "https://asiaplustj.info/ru/news/tajikistan/politics/20170525/tadzhikistan-prezentoval-v-pekine"),
    ("asia_plus", "https://asiaplustj.info/ru/news/tajikistan/economic/20220912/kak-padala-i-vzletala-ekonomika"),
    ("asia_plus", "https://asiaplustj.info/ru/news/tajikistan/society/20221208/slug"),
    ("asia_plus", "http://news.tj/ru/news/rossiya-slivaet-tadzhikistan"),
    ("avesta", "http://avesta.tj/2017/02/10/rossijskie-istrebiteli-perebrosheny-na-aerodrom-ajni-v-tadzhikistane/"),
    ("avesta", "https://avesta.tj/2025/05/12/avesta-tj-zapuskaet-angloyazychnuyu-versiyu-sajta/"),
    ("cass", "https://www.cssn.cn/skzg/bwyc/202312/t20231229_5723668.shtml"),
    ("cass", "https://www.cssn.cn/zkzg/zkzg_zkfx/202604/t20260430_5986742.shtml"),
    ("csto", "http://www.odkb-csto.org/documents/detail.php?ELEMENT_ID=124"),
    ("eurasianet", "https://eurasianet.org/china-holds-anti-terror-exercises-afghanistan-tajikistan-border"),
    ("fergana", "https://fergana.agency/articles/124563/"),
    ("fergana", "https://fergana.agency/news/126161/"),
    ("fergana", "https://en.fergana.agency/news/146624/"),
    ("fergana", "https://www.fergananews.com/articles/9204"),
    ("guancha", "https://m.guancha.cn/industry-science/2019_09_07_516923.shtml"),
    ("guancha", "http://www.guancha.cn/life/2018_02_11_446706.shtml"),
    ("kommersant", "https://www.kommersant.ru/doc/4909723"),
    ("kommersant", "https://www.kommersant.ru/doc/7715044"),
    ("lenta", "https://lenta.ru/articles/2021/06/01/zhynz_vzaimy/"),
    ("lenta", "https://lenta.ru/news/2026/07/08/v-ssha-nazvali-nakazaniem-ataku-na-iran/"),
    ("mfa_tj", "https://mfa.tj/en/brussels/view/9213/visa-free-travel-to-tajikistan"),
    ("ozodi_ru", "https://rus.ozodi.org/a/32030414.html"),
    ("ozodi_ru", "https://www.azattyqasia.org/a/32030414.html"),
    ("peoples_daily", "http://politics.people.com.cn/n1/2024/0424/c1001-40223222.html"),
    ("peoples_daily", "http://www.people.com.cn/n1/2019/0308/c420117-30965009.html"),
    ("peoples_daily", "http://www.people.com.cn/n/2013/1227/c373005-23961344.html"),
    ("sina_mil", "https://mil.sina.cn/2016-06-06/detail-ixsvenx3344946.d.html"),
    ("sina_mil", "https://mil.news.sina.com.cn/china/2018-10-22/doc-ifxeuwws6829537.shtml"),
    ("vb_kg", "http://members.vb.kg/2014/06/04/панорама/1.html"),
    ("vecherka", "https://vecherka.tj/archives/4810"),
    ("xinhua", "http://www.xinhuanet.com/world/2019-12/10/c_1125327450.htm"),
]

# Addresses of the same sites that are not articles.
OTHERS = [
    ("asia_plus", "https://asiaplustj.info/ru/news/all?page=2"),
    ("avesta", "https://avesta.tj/ru/news/"),
    ("eurasianet", "https://eurasianet.org/latest"),
    ("fergana", "https://fergana.agency/news/"),
    ("guancha", "https://user.guancha.cn/main/content?id=123"),
    ("kommersant", "https://www.kommersant.ru/theme/3378"),
    ("lenta", "https://lenta.ru/rubrics/world/"),
    ("peoples_daily", "http://military.people.com.cn/"),
    ("sina_mil", "https://slide.mil.news.sina.com.cn/l/slide_8_199_1.html"),
    ("tass", "https://tass.ru/armiya-i-opk"),
    ("xinhua", "https://english.news.cn/20231129/0123456789abcdef0123456789abcdef/c.html"),
    ("zvezda", "https://tvzvezda.ru/news/"),
]

# Two addresses, one article.
TWINS = [
    ("asia_plus", "https://asiaplustj.info/ru/news/a/20221208/b", "http://www.asiaplus.tj/ru/news/a/20221208/b"),
    ("guancha", "https://www.guancha.cn/a/2019_09_07_5.shtml", "https://m.guancha.cn/a/2019_09_07_5_s.shtml"),
    ("mnd_cn", "http://www.mod.gov.cn/gfbw/qwfb/16354.html", "http://www.mod.gov.cn/gfbw/qwfb/16354.html#top"),
    ("mnd_cn", "http://www.mod.gov.cn/gfbw/qwfb/163541.html", "http://www.mod.gov.cn/gfbw/qwfb/163541_2.html"),
    ("ozodi_ru", "https://rus.ozodi.org/a/32030414.html", "https://www.azattyqasia.org/a/32030414.html"),
    ("ozodi_tg", "https://www.ozodi.org/a/1.html", "https://d761rf1xf0b7t.cloudfront.net/a/1.html"),
    ("sputnik_tj", "https://sputnik.tj/20210728/x-1.html", "https://sputnik.tj/amp/20210728/x-1.html"),
    ("xinhua", "https://www.news.cn/world/2019-12/10/c_1.htm", "http://www.xinhuanet.com/world/2019-12/10/c_1.htm"),
    ("zvezda", "https://tvzvezda.ru/news/202001021530-Ab1cD.html", "https://tvzvezda.ru/news/forces/content/202001021530-Ab1cD.html"),
]  # fmt: skip


def test_the_whole_beat_is_there():
    assert len(OUTLETS) >= 50
    assert {language for outlet in OUTLETS.values() for language in outlet.languages} >= {"ru", "tg", "zh", "en", "ky"}


@pytest.mark.parametrize(("outlet_id", "url"), ARTICLES)
def test_an_article_is_known_by_its_address(outlet_id, url):
    outlet = OUTLETS[outlet_id]
    assert outlet.article.url is not None
    assert outlet.article.matches(url)
    assert outlet.article.matches(canonical_url(url, outlet=outlet))
    assert [other for other in OUTLETS.values() if other.article.url and other.article.matches(url)] == [outlet]


@pytest.mark.parametrize(("outlet_id", "url"), OTHERS)
def test_another_page_is_no_article(outlet_id, url):
    assert not OUTLETS[outlet_id].article.matches(url)


@pytest.mark.parametrize(("outlet_id", "one", "other"), TWINS)
def test_two_addresses_of_an_article_are_one(outlet_id, one, other):
    outlet = OUTLETS[outlet_id]
    assert canonical_url(one, outlet=outlet) == canonical_url(other, outlet=outlet)


@EVERY_OUTLET
def test_every_file_says_how_sure_it_is(outlet: Outlet):
    assert outlet.evidence
    assert outlet.assertions.min.items
    assert outlet.article.url or outlet.confidence in {"unverified", "low"}


@EVERY_OUTLET
def test_the_sources_of_a_language_stand_in_order_of_trust(outlet: Outlet):
    order = get_args(Evidence)
    for language in {source.language for source in outlet.sources}:
        of_language = [source for source in outlet.sources if source.language == language]
        assert [source.fallback for source in of_language] == sorted(source.fallback for source in of_language)
        ranks = [order.index(source.evidence) for source in of_language if not source.fallback]
        assert ranks == sorted(ranks)


@EVERY_OUTLET
def test_every_language_has_a_source_that_is_always_read(outlet: Outlet):
    # A fallback waits for others to fail; without others it would never be read.
    for language in {source.language for source in outlet.sources} - {None}:
        assert any(
            not source.fallback for source in outlet.sources if source.language in {language, None}
        ) or not any(source.evidence in {"probed_ok", "in_production", "in_use", "listed"}
                     for source in outlet.sources if source.language == language)  # fmt: skip


@EVERY_OUTLET
def test_dates_in_addresses_are_found_where_the_file_says(outlet: Outlet):
    pattern = outlet.article.url_date
    for outlet_id, url in ARTICLES:
        if pattern and outlet_id == outlet.id and re.search(r"/\d{8}|/20\d\d[/_-]?\d\d|t20\d{6}", url):
            found = re.search(pattern, url)
            assert found is not None, url
            assert 2000 < int(found["year"]) < 2027
            assert 1 <= int(found["month"]) <= 12


@EVERY_OUTLET
def test_the_front_page_is_no_article(outlet: Outlet):
    if outlet.article.url:
        assert not outlet.article.matches(outlet.url)
        assert urlsplit(outlet.url).path == "/"


def test_bundled_files_are_read_by_the_fast_parser():
    # The slow one takes 30 times as long; what it alone can read is an address without quotes in {...}.
    for file in resources.files("extractors").joinpath("outlets").iterdir():
        if file.name.endswith(".yml"):
            assert YAML(typ="safe").load(file.read_text(encoding="utf-8")), file.name
