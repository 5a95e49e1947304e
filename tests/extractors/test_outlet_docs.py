"""docs/outlets.md names every key an outlet file may have, and its example loads."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from extractors.article_rules import ArticleRules, Rewrite
from extractors.outlet import Assertions, FetchRules, Outlet, load_outlets
from extractors.outlet_fields import Evidence
from extractors.outlet_sources import FeedSource, JsonFields, JsonSource, ListSource, SitemapSource, TelegramSource

DOCS = (Path(__file__).parents[2] / "docs" / "outlets.md").read_text(encoding="utf-8")
MODELS: list[type[BaseModel]] = [
    Outlet,
    ArticleRules,
    Rewrite,
    FetchRules,
    Assertions,
    FeedSource,
    SitemapSource,
    ListSource,
    JsonSource,
    JsonFields,
    TelegramSource,
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_named(model):
    assert not [name for name in model.model_fields if not re.search(rf"\b{name}\b", DOCS)]


def test_every_degree_of_evidence_is_named():
    assert not [name for name in Evidence.__args__ if f"`{name}`" not in DOCS]


def test_the_example_loads(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    assert example is not None
    (tmp_path / "gazette.yml").write_text(example[1], encoding="utf-8")
    assert load_outlets(tmp_path)[0].title == "Pamir Gazette"
