"""What several outlets tell is one story: the demo's answer sheet names them."""

from datetime import timedelta

import pytest

from flows.demo.answers import load_answers
from flows.demo.newsroom import load_newsroom
from warehouse.asking import ask
from warehouse.digesting import read_edition
from warehouse.opening import open_warehouse

ANSWERS = load_answers()
BY_KEY = {answer.key: answer for answer in ANSWERS.articles}
PRESS = {article.key: article for article in load_newsroom().articles}


@pytest.fixture(scope="session")
def told(demo):
    """The landed stories of the demo: outlets and titles, with relation and story."""
    sql = """select p.story_id, p.relation, a.outlet_id, a.title, a.language
        from store.story_parts as p join store.articles as a using (article_id)"""
    return ask(demo.settings.published, sql, max_rows=1000).rows


def test_the_stories_are_those_of_the_sheet_and_no_others(told):
    found = {}
    for story_id, _, outlet_id, title, _ in told:
        found.setdefault(story_id, set()).add((outlet_id, title))
    expected = [{(BY_KEY[key].outlet_id, BY_KEY[key].title) for key in keys} for keys in ANSWERS.stories.values()]
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))


@pytest.mark.parametrize("story", ANSWERS.stories)
def test_who_published_first_leads_and_another_language_reports(demo, told, story):
    keys = ANSWERS.stories[story]
    zone = load_newsroom().sites
    first = min(keys, key=lambda key: PRESS[key].published_at(demo.today, zone[PRESS[key].outlet_id]))
    relations = {(outlet_id, title): relation for _, relation, outlet_id, title, _ in told}
    for key in keys:
        answer = BY_KEY[key]
        same = answer.language == BY_KEY[first].language
        expected = "first" if key == first else "copy" if same else "report"
        assert relations[answer.outlet_id, answer.title] == expected, key


def test_a_story_of_four_outlets_is_one_item_of_the_digest_with_its_lags(demo):
    with open_warehouse(demo.settings.warehouse) as warehouse:
        begun = demo.first.started_at
        edition = read_edition(warehouse, since=begun - timedelta(days=1), until=begun + timedelta(days=1))
    sites = load_newsroom().sites
    for keys in ANSWERS.stories.values():
        published = {
            sites[PRESS[k].outlet_id].name: PRESS[k].published_at(demo.today, sites[PRESS[k].outlet_id]) for k in keys
        }
        titles = {BY_KEY[key].title for key in keys}
        (item,) = [item for item in (*edition.items, *edition.backscanned) if item.title in titles]
        first = min(published.values())
        assert item.dated_at == first
        lags = {each.outlet.removesuffix(" (demo)"): each.lag_minutes for each in item.retellings}
        assert lags == {name: (at - first).total_seconds() // 60 for name, at in published.items() if at != first}
