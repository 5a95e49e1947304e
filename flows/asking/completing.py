"""What may come next in a statement: views after FROM, columns of the views named, macros, words of SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from flows.asking.conversation import Conversation
from flows.asking.statements import split_statements
from warehouse.cataloguing import Column, worked_questions

_VIEW_POSITION = re.compile(r"\b(from|join|describe|summarize)\s+\w*$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?(?!join\b|on\b|using\b|where\b|group\b|order\b)(\w+))?", re.IGNORECASE
)
_DOTTED = re.compile(r"(\w+)\.\w*$")
_WORD = re.compile(r"\w*$")


class SqlCompleter(Completer):
    """Completes dot commands and SQL from what the open copy holds."""

    def __init__(self, conversation: Conversation, commands: Sequence[str], modes: Sequence[str]) -> None:
        self._conversation = conversation
        self._commands = commands
        self._modes = modes

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Yield completions of the word before the cursor."""
        before = document.text_before_cursor
        if before.lstrip().startswith("."):
            yield from self._of_command(before.lstrip())
            return
        word = _found(_WORD, before)
        # Nothing typed is no question: a list of 900 words would cover the screen.
        offered = self._offered(before, document.text, typed=bool(word))
        yield from _matching(word, offered)

    def _of_command(self, before: str) -> Iterator[Completion]:
        command, space, argument = before.partition(" ")
        if not space:
            yield from _matching(command, ((name, "") for name in self._commands))
        elif command == ".describe":
            yield from _matching(argument, self._views())
        elif command == ".mode":
            yield from _matching(argument, ((mode, "") for mode in self._modes))
        elif command == ".open-question":
            yield from _matching(argument, ((each.name, each.question) for each in worked_questions().values()))

    def _offered(self, before: str, whole: str, *, typed: bool) -> Iterator[tuple[str, str]]:
        if dotted := _DOTTED.search(before):
            yield from _described(self._columns_of(_views_named(whole).get(dotted[1].lower(), dotted[1].lower())))
            return
        if _VIEW_POSITION.search(before):
            yield from self._views()
            yield from self._macros()
            return
        if not typed:
            return
        named = dict.fromkeys(_views_named(_current(before, whole)).values())
        seen = dict.fromkeys(column for view in named for column in self._columns_of(view))
        if not seen:
            # Before FROM is written: columns of any view.
            seen = dict.fromkeys(
                column for view in self._conversation.catalogue.views.values() for column in view.columns
            )
        yield from _described(seen)
        yield from self._views()
        yield from self._macros()
        yield from ((word, "") for word in self._conversation.vocabulary)

    def _views(self) -> Iterator[tuple[str, str]]:
        yield from ((view.name, view.about) for view in self._conversation.catalogue.views.values())

    def _macros(self) -> Iterator[tuple[str, str]]:
        yield from self._conversation.catalogue.macros.items()

    def _columns_of(self, view: str) -> tuple[Column, ...]:
        found = self._conversation.catalogue.views.get(view)
        return found.columns if found else ()


def _current(before: str, whole: str) -> str:
    """Return the statement the cursor stands in."""
    ended = len(split_statements(before + "x")) - 1
    statements = split_statements(whole)
    return statements[ended] if ended < len(statements) else whole


def _views_named(text: str) -> dict[str, str]:
    """Return alias or name to view, of the views a text reads from."""
    return {(alias or view).lower(): view.lower() for view, alias in _NAMED.findall(text)}


def _described(columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    yield from ((column.name, f"{column.kind}: {column.about}") for column in columns)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _matching(word: str, offered: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """Yield what begins with the word, then what has it after an underscore or hyphen; each once."""
    lower, seen = word.lower(), set()
    within = []
    for text, about in offered:
        if text in seen:
            continue
        seen.add(text)
        if text.startswith(lower):
            yield Completion(text, start_position=-len(word), display_meta=about)
        elif len(lower) > 1 and re.search(rf"[_-]{re.escape(lower)}", text):
            within.append(Completion(text, start_position=-len(word), display_meta=about))
    yield from within
