"""docs/outlets.md: every key of the file stands in it, no other does, and its example loads."""

import re
import types
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from extractors.article_rules import ArticleRules
from extractors.outlet import FeedSource, JsonSource, ListSource, Outlet, SitemapSource, TelegramSource, parse_outlet

DOCS = (Path(__file__).parents[3] / "docs" / "outlets.md").read_text(encoding="utf-8")
OUTLET, SOURCE, ARTICLE = DOCS.split("## Every key")[1].split("\n### ")
# Shown by an example in the row of the key above.
IN_A_ROW = {"lookups": {"title", "byline", "section"}}


def models_in(annotation):
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for argument in typing.get_args(annotation) for model in models_in(argument)]


def keys(model, prefix=""):
    for name, field in model.model_fields.items():
        nested = models_in(field.annotation)
        if name in {"sources", "article", "whole", "versions"} or prefix == "lookups." or not nested:
            yield prefix + name
        else:
            if name == "rewrites":
                yield name
            yield from keys(nested[0], f"{prefix}{name}.")


def rows(part):
    return re.findall(r"^\| `([\w.]+)` \|", part, re.MULTILINE)


def test_every_key_of_an_outlet_has_a_row_and_no_other():
    assert sorted(rows(OUTLET)) == sorted(set(keys(Outlet)) - {"id"})


@pytest.mark.parametrize("kind", [FeedSource, SitemapSource, ListSource, JsonSource, TelegramSource])
def test_every_key_of_a_source_has_a_row_of_its_kind(kind):
    table = re.findall(r"^\| `([\w.]+)` \| ([\w, ]+) \|", SOURCE, re.MULTILINE)
    name = typing.get_args(kind.model_fields["kind"].annotation)[0]
    documented = [key for key, kinds in table if kinds == "all" or name in kinds.split(", ")]
    assert sorted(documented) == sorted(keys(kind))


def test_every_key_of_an_article_has_a_row_and_no_other():
    assert sorted(rows(ARTICLE)) == sorted(keys(ArticleRules))


def test_the_example_loads():
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    outlet = parse_outlet(example, path=Path("gazette.yml"))
    assert outlet.article.matches("https://gazette.example/ru/news/12")
