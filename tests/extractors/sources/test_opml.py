"""OPML out and in."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from extractors.outlet import FeedSource, load_outlets
from extractors.sources.opml import export_opml, import_opml
from records import FeedError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_goes_out_comes_back(answer):
    outlets = load_outlets()
    sites = {site.id: site for site in import_opml(answer(export_opml(outlets, created_at=NOW))).sites}
    with_feeds = [outlet for outlet in outlets if any(isinstance(source, FeedSource) for source in outlet.sources)]
    assert set(sites) == {outlet.id for outlet in with_feeds}
    for outlet in with_feeds:
        site = sites[outlet.id]
        assert (site.title, site.url, site.country) == (outlet.title, outlet.url, outlet.country)
        assert (site.timezone, site.languages) == (outlet.timezone, outlet.languages)
        feeds = {(source.url, source.language) for source in outlet.sources if isinstance(source, FeedSource)}
        assert {(feed.url, feed.language) for feed in site.feeds} == feeds


def test_it_is_opml_2_with_a_folder_for_each_country():
    tree = etree.fromstring(export_opml(load_outlets(), created_at=NOW))
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    assert tree.findtext("head/dateCreated") == "Sun, 22 Nov 2026 12:00:00 +0000"
    assert {folder.get("text") for folder in tree.findall("body/outline")} >= {"TJ", "RU", "CN"}
    assert all(outline.get("type") == "rss" and outline.get("text") for outline in tree.findall("body/outline/outline"))


def test_lists_of_other_readers_come_in(answer):
    listed = import_opml(
        answer(
            """<?xml version="1.0" encoding="utf-8"?><OPML version="1.1"><head/><body>
            <outline text="Средняя Азия"><outline text="ТҶ">
              <outline text="Помир &amp;amp; Ко" xmlurl="https://gazette.example/feed/" htmlURL="https://gazette.example/"/>
              <outline title="Помир, русский" type="rss" xmlUrl="https://www.gazette.example/ru/feed/" language="ru-RU"
                htmlUrl="https://www.gazette.example/ru/"/>
            </outline></outline>
            <outline text="Без сайта" xmlUrl="https://other.example/rss"/>
            <outline text="не лента" xmlUrl="javascript:alert(1)"/><outline text="пусто"/>
            </body></OPML>""".replace("OPML", "opml")
        )
    )
    sites = listed.sites
    assert listed.left_out == ("не лента", "пусто")
    assert [(site.title, site.folders, len(site.feeds)) for site in sites] == [
        ("Помир & Ко", ("Средняя Азия", "ТҶ"), 2),
        ("Без сайта", (), 1),
    ]
    assert sites[0].feeds[1].language == "ru"
    assert sites[1].url == "https://other.example/rss"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param("", "not OPML", id="nothing"),
        pytest.param("<html><body/></html>", "the root is <html>", id="html"),
        pytest.param("<opml><body/></opml>", "without feeds", id="no_feeds"),
        pytest.param("<opml/>", "without feeds", id="no_body"),
        pytest.param(
            '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body/></opml>', "refused", id="entities"
        ),
    ],
)
def test_what_is_not_a_list_of_feeds_says_so(answer, body, said):
    with pytest.raises(FeedError, match=said):
        import_opml(answer(body))
