"""The prompt of ``wakhan sql``: statements of several lines, history, completion, and dot commands."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.application.current import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.output import Output
from pygments.lexers.sql import SqlLexer

from flows.asking.completing import SqlCompleter
from flows.asking.conversation import Conversation
from flows.asking.files import csv_of, json_of
from flows.asking.questions import question_named, questions_listed
from flows.asking.screencharts import draw
from flows.asking.shapes import chart_of
from flows.asking.statements import is_complete, split_statements, title_of
from flows.asking.tables import Look, fold, pad, table_of
from records import WakhanError
from records.counting import count_of
from warehouse.asking import Answer

_HELP = """\
A statement ends with ; and may take several lines. Tab completes, the arrow keys bring back earlier statements,
Ctrl-R searches them, Ctrl-C stops a query or drops a line, Ctrl-D leaves.

.tables               views and macros, with what they hold
.describe VIEW        its columns
.questions            the worked questions
.open-question NAME   put one here, to change and ask
.mode table|csv|json  how answers are written
.param NAME VALUE     fill $NAME in statements; without a value: forget it
.timing               say how long answers took, or stop saying so
.chart [FILE.png]     draw the last answer, here or into a file
.quit                 leave
"""

_MODES = ("table", "csv", "json")


@dataclass
class Prompt:
    """A conversation on a terminal. ``write`` takes finished lines for stdout."""

    conversation: Conversation
    look: Callable[[], Look]
    write: Callable[[str], None]
    mode: str = "table"
    timing: bool = False
    next_text: str = ""
    _last: tuple[str, Answer] | None = field(default=None, init=False)

    def enter(self, text: str) -> bool:
        """Answer what was entered; returns whether the prompt goes on. Raises ``WakhanError``."""
        if text.lstrip().startswith("."):
            return self._command(*text.strip().rstrip(";").split(maxsplit=1))
        for statement in split_statements(text):
            if self.conversation.follow():
                self.write(
                    f"-- a newer copy was published, at {self.conversation.published_at:%H:%M:%S} UTC: asking that"
                )
            self._ask(statement)
        return True

    def _ask(self, statement: str) -> None:
        started = time.monotonic()
        answer = self.conversation.ask(statement)
        shown = {"csv": csv_of, "json": json_of}.get(self.mode, lambda each: table_of(each, self.look()))(answer)
        self._last = (statement, answer)
        self.write(shown.rstrip("\n"))
        if answer.cut and self.mode != "table":
            self.write(f"-- cut after {count_of(len(answer.rows), 'row')}: `wakhan sql --limit N` takes more")
        if self.timing:
            self.write(f"-- answered in {answer.seconds:.3f} s, shown after {time.monotonic() - started:.3f} s")

    def _command(self, name: str, argument: str = "") -> bool:
        if name == ".quit":
            return False
        if name not in COMMANDS:
            raise WakhanError(f"there is no {name}: the commands are {', '.join(COMMANDS)}.")
        if command := COMMANDS[name]:
            command(self, argument.strip())
        return True

    def _help(self, _: str) -> None:
        self.write(_HELP.rstrip("\n"))

    def _tables(self, _: str) -> None:
        views = [(view.name, view.about) for view in self.conversation.catalogue.views.values()]
        macros = [signature.partition(": ")[::2] for signature in self.conversation.catalogue.macros.values()]
        self.write("\n".join([*self._listed(views), "", *self._listed(macros)]))

    def _describe(self, name: str) -> None:
        views = self.conversation.catalogue.views
        if name not in views:
            raise WakhanError(f".describe VIEW, one of {', '.join(views)}.")
        view = views[name]
        columns = [(f"{column.name} {column.kind}", column.about) for column in view.columns]
        self.write("\n".join([view.about, *self._listed(columns)]))

    def _questions(self, _: str) -> None:
        self.write(questions_listed(self.look()))

    def _open_question(self, name: str) -> None:
        worked = question_named(name)
        self.next_text = f"-- {worked.question}\n{worked.query};"

    def _mode(self, mode: str) -> None:
        if mode not in _MODES:
            raise WakhanError(f"answers are written as {', '.join(_MODES)}; they are {self.mode} now.")
        self.mode = mode

    def _timing(self, _: str) -> None:
        self.timing = not self.timing
        self.write(f"timing is {'on' if self.timing else 'off'}")

    def _param(self, argument: str) -> None:
        name, _, value = argument.partition(" ")
        if not name.isidentifier():
            given = ", ".join(f"${key} = {value!r}" for key, value in self.conversation.parameters.items())
            raise WakhanError(f".param NAME VALUE fills $NAME. Set: {given or 'none'}.")
        if value.strip():
            self.conversation.parameters[name] = value.strip()
        else:
            self.conversation.parameters.pop(name, None)

    def _chart(self, file: str) -> None:
        if self._last is None:
            raise WakhanError("there is nothing to draw yet: ask something first.")
        statement, answer = self._last
        chart = chart_of(answer, title_of(statement))
        if not file:
            self.write(draw(chart, self.look()).rstrip("\n"))
            return
        from flows.asking.pictures import save_png  # noqa: PLC0415 - Pillow, for pictures alone

        wrong = save_png(chart, Path(file).expanduser())
        self.write("\n".join([f"drawn in {file}", *([wrong] if wrong else [])]))

    def _listed(self, pairs: list[tuple[str, str]]) -> list[str]:
        width = max(len(name) for name, _ in pairs) + 2
        room = max(20, (self.look().width or 110) - width)
        lines = []
        for name, about in pairs:
            first, *rest = fold(about, room, 4)
            lines += [pad(name, width) + first, *(" " * width + line for line in rest)]
        return lines


# Each command with what it does; `.quit` is the prompt's own.
COMMANDS: dict[str, Callable[[Prompt, str], None] | None] = {
    ".help": Prompt._help,
    ".tables": Prompt._tables,
    ".describe": Prompt._describe,
    ".questions": Prompt._questions,
    ".open-question": Prompt._open_question,
    ".mode": Prompt._mode,
    ".param": Prompt._param,
    ".timing": Prompt._timing,
    ".chart": Prompt._chart,
    ".quit": None,
}


def converse(
    prompt: Prompt,
    history_file: Path,
    *,
    complain: Callable[[str], None],
    source: Input | None = None,
    screen: Output | None = None,
) -> None:
    """Ask a person for statements and answer them until Ctrl-D or ``.quit``; tests give ``source`` and ``screen``."""
    session: PromptSession[str] = PromptSession(
        history=_history(history_file),
        completer=SqlCompleter(prompt.conversation, tuple(COMMANDS), _MODES),
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        lexer=PygmentsLexer(SqlLexer),
        multiline=Condition(lambda: not is_complete(get_app().current_buffer.text)),
        prompt_continuation="    ...> ",
        bottom_toolbar=lambda: _toolbar(prompt),
        # The toolbar tells of a newer copy while nobody types.
        refresh_interval=5,
        key_bindings=_keys(),
        input=source,
        output=screen,
    )
    going = True
    while going:
        text, prompt.next_text = prompt.next_text, ""
        try:
            entered = session.prompt("wakhan> ", default=text)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        try:
            going = prompt.enter(entered)
        except KeyboardInterrupt:
            complain("Stopped: the query was cancelled.")
        except WakhanError as error:
            complain(str(error))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        """Alt-Enter asks at once, with or without a semicolon."""
        event.current_buffer.validate_and_handle()

    return keys


def _toolbar(prompt: Prompt) -> str:
    if prompt.conversation.is_replaced():
        return " A newer copy was published: the next query is answered from it."
    return f" {prompt.conversation.path.name}, published {prompt.conversation.published_at:%Y-%m-%d %H:%M} UTC  .help"


def _history(file: Path) -> History:
    """Return history kept in a file that its owner alone reads, or for this prompt alone where none can be written."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        click.echo(f"{file} cannot be written ({error.strerror}): what is asked is not kept.", err=True)
        return InMemoryHistory()
    return FileHistory(str(file))
