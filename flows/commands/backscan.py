"""``wakhan backscan``: changed lists against everything landed."""

from __future__ import annotations

import click

from flows.commands.options import settings_of
from records.counting import count_of


@click.command()
@click.pass_context
def backscan(ctx: click.Context) -> None:
    """Match new or changed lists against everything landed, newest first.

    What is found lands as mentions and as alerts of origin `backscan`, which are never today's news. An article that
    has met the present version of a list is not looked at again; a back-scan that is stopped goes on where it was.
    """
    from flows.console import progress, say
    from flows.names.backscan import backscan as scan
    from flows.names.backscan import waiting_articles
    from warehouse.publishing import publish
    from watchlists.listfile import load_lists

    settings = settings_of(ctx)
    lists = load_lists(settings.lists)
    waiting = waiting_articles(settings, lists)
    with progress("Articles", sum(waiting.values())) as advance:

        def done(articles: int) -> None:
            for _ in range(articles):
                advance()

        for each in lists:
            result = scan(settings, each, done=done) if waiting[each.id] else None
            if result is None:
                say(f"{each.id}: nothing to do, every article has met its version {each.version}.")
            else:
                looked_at, found = count_of(result.articles, "article"), count_of(result.mentions, "mention")
                say(f"{each.id}: {looked_at}, {found}, {count_of(result.alerts, 'new alert')}.")
    if sum(waiting.values()):
        publish(settings.warehouse, settings.published)
