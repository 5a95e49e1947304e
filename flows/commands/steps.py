"""``wakhan match``, ``detect``, ``extract`` and ``translate``: one step, alone, on a file or stdin.

Their input and output are exact (design section 3), so that anyone can measure them.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import click

from flows.commands.jsonlines import existing_path, json_input, language_slip, read_lines, text_of, write_line
from flows.commands.options import settings_of
from records import Article, ConfigError, Fetched, Mention


@click.command()
@click.option("--lists", "lists_path", type=existing_path(), help="A list file or a folder of them (default: yours).")
@click.option("--lang", help="Language of every line; otherwise its own, otherwise detected.")
@click.argument("file", type=json_input())
@click.pass_context
def match(ctx: click.Context, lists_path: Path | None, lang: str | None, file: IO[bytes]) -> None:
    """Find watch-listed names in JSON lines {"id","title","text","lang"?} of FILE (- for stdin)."""
    from extractors.language import identify_language
    from watchlists.listfile import load_lists
    from watchlists.matching import compile_matcher

    problem, fix = language_slip(lang or "")
    if problem:
        raise ConfigError(problem, key="--lang", fix=fix)
    settings = settings_of(ctx)
    matcher = compile_matcher(load_lists(lists_path or settings.lists), cache_dir=settings.cache)
    for line in read_lines(file, name=file.name, required=("id",), optional=("title", "text", "lang")):
        title, text = text_of(line, "title"), text_of(line, "text")
        language = lang or text_of(line, "lang") or identify_language(f"{title}\n{text}").language
        mentions = matcher.find(article_id=str(line["id"]), title=title, text=text, language=language)
        write_line({"id": line["id"], "lang": language, "mentions": [_mention(mention) for mention in mentions]})


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "entity": mention.entity_id,
        "list": mention.list_id,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "name": mention.name,
        "score": mention.score,
        "reasons": list(mention.reasons),
    }


@click.command()
@click.argument("file", type=json_input())
def detect(file: IO[bytes]) -> None:
    """Say which language JSON lines {"id","text","outlet_languages"?} of FILE (- for stdin) are in."""
    from extractors.language import identify_language

    for line in read_lines(file, name=file.name, required=("id", "text")):
        expected = _languages(line, name=file.name)
        guess = identify_language(text_of(line, "text"), article_id=str(line["id"]), expected=expected)
        write_line(
            {
                "id": line["id"],
                "language": guess.language,
                "script": guess.script,
                "confidence": round(guess.confidence, 4),
                "method": guess.method,
            }
        )


def _languages(line: Mapping[str, object], *, name: str) -> tuple[str, ...]:
    found = line.get("outlet_languages") or []
    if not isinstance(found, list) or not all(isinstance(code, str) for code in found):
        raise ConfigError(
            '"outlet_languages" is not a list of codes', path=name, key=f"id {line['id']}", fix='Write ["ru", "tg"].'
        )
    return tuple(found)


@click.command()
@click.argument("source")
@click.option("--url", help="The page's own address, when SOURCE is a file.")
@click.option("--outlet", "outlet_id", help="Use this outlet's rules.")
@click.pass_context
def extract(ctx: click.Context, source: str, url: str | None, outlet_id: str | None) -> None:
    """Read one article from SOURCE, a file (- for stdin, .gz too) or a URL, and write it as JSON."""
    from extractors.outlet import load_outlets, outlet_for_url
    from extractors.reading import extract_article
    from flows.sources.outlets import choose_outlets

    settings = settings_of(ctx)
    outlets = load_outlets(settings.outlets)
    outlet = choose_outlets(outlets, [outlet_id])[0] if outlet_id else outlet_for_url(url or source, outlets)
    if url is not None and urlsplit(url).scheme not in {"http", "https"}:
        raise ConfigError(f"{url} is not an http or https address", key="--url", fix="Write it whole.")
    if urlsplit(source).scheme in {"http", "https"}:
        from flows.fetching import fetch_once

        page = fetch_once(settings, source, outlet)
    else:
        page = _page_from_file(source, url)
    write_line(article_json(extract_article(page, outlet=outlet)))


def _page_from_file(source: str, url: str | None) -> Fetched:
    now = datetime.now(UTC)
    path = Path(source)
    if source != "-" and not path.is_file():
        problem = "is a folder" if path.is_dir() else "no such file"
        raise ConfigError(f"{source}: {problem}", fix="Name a file, - for stdin, or an http(s) URL.")
    body = sys.stdin.buffer.read() if source == "-" else path.read_bytes()
    if body[:2] == b"\x1f\x8b":
        import gzip

        body = gzip.decompress(body)
    address = url or (path.resolve().as_uri() if source != "-" else "about:stdin")
    return Fetched(
        url=address,
        final_url=address,
        status=200,
        headers=(),
        body=body,
        etag=None,
        last_modified=None,
        fetched_at=now,
    )


def article_json(article: Article) -> dict[str, object]:
    """Return an article as JSON values; times in ISO 8601 with zone."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in dataclasses.asdict(article).items()
    }


@click.command()
@click.option("--from", "source", required=True, help="Language of the text, ISO 639-1.")
@click.option("--to", "target", default="en", show_default=True, help="Language wanted.")
@click.option("--engine", help="Use this engine only (default: the settings' order).")
@click.argument("file", type=json_input())
@click.pass_context
def translate(ctx: click.Context, source: str, target: str, engine: str | None, file: IO[bytes]) -> None:
    """Translate JSON lines {"id","text"} of FILE (- for stdin)."""
    from extractors.translation import choose_translator, translate_with_names
    from flows.ingest.engines import open_engines
    from flows.ingest.translating import names_in
    from watchlists.listfile import load_lists
    from watchlists.matching import compile_matcher

    settings = settings_of(ctx)
    translator = choose_translator(open_engines(settings, only=engine), source=source, target=target)
    if translator is None:
        engines = (engine,) if engine else settings.translation.engines
        raise ConfigError(
            f"no engine of {', '.join(engines)} can translate {source} to {target}",
            path=settings.models,
            fix="`wakhan models add FILE.argosmodel` installs a model.",
        )
    lists = load_lists(settings.lists)
    matcher = compile_matcher(lists, cache_dir=settings.cache)
    for line in read_lines(file, name=file.name, required=("id", "text")):
        text = text_of(line, "text")
        mentions = matcher.find(article_id=str(line["id"]), title="", text=text, language=source)
        (done,) = translate_with_names(translator, [text], [names_in(mentions, lists)], source=source, target=target)
        write_line(
            {
                "id": line["id"],
                "text": done.text,
                "engine": translator.name,
                "model_version": translator.model_version(source, target),
                "dropped_names": list(done.dropped_names),
            }
        )
