"""The command line ``wakhan``: stdout is data, stderr is logs and progress.

Exit 0 fine, 1 some outlets failed, 2 wrong use or configuration. Each command's module is imported when the command is
named, so that ``wakhan --help`` answers at once.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click

from records import WakhanError

# Command -> (module in flows.commands, one line for --help). The line stands here too so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "The whole road on a bundled press, on loopback."),
    "run": ("run", "Collect, read, translate, match and land, once."),
    "up": ("up", "Everything on its schedule, with Prefect's pages, until stopped."),
    "status": ("status", "Last runs, what is late, what waits, disk."),
    "match": ("steps", "Find watch-listed names in JSON lines."),
    "detect": ("steps", "Say which language JSON lines are written in."),
    "extract": ("steps", "Read one article from a file or URL."),
    "translate": ("steps", "Translate JSON lines into English."),
    "models": ("models", "Translation models: list, install, add, remove."),
    "outlets": ("outlets", "Sources: list, show, check, discover, import, export."),
    "lists": ("lists", "Watch-lists: check, show, forms, try, add, extend, edit, import, export, log."),
    "alerts": ("alerts", "The newest alerts, and what was said of them."),
    "verdict": ("alerts", "Say whether an alert is right or wrong, and mend its list."),
    "backscan": ("backscan", "Match changed lists against everything landed."),
    "revisions": ("revisions", "What an outlet changed in an article."),
    "cite": ("cite", "A footnote, ready to paste."),
    "sql": ("sql", "Ask the warehouse, read-only."),
    "db": ("db", "Warehouse care: migrate, check, publish, backup, restore, rebuild, prune."),
    "digest": ("digest", "The daily digest."),
    "notify": ("notify", "Immediate alerts, for those who run without `up`."),
}

# What the system refuses because of rights, disks and paths, and how a user mends it, whichever command came upon it.
# Any other OSError is ours: a file that is not there is told of by who looked for it, or it is a bug.
_ACCESS = "Let the account that runs wakhan read and write there, the folder too"
_ROOM = "Make room on the disk"
_REFUSALS = {
    errno.EACCES: _ACCESS,
    errno.EPERM: _ACCESS,
    errno.EROFS: "Keep the file where it can be written",
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EISDIR: "Name a file",
    errno.ENOTDIR: "Name a folder",
    errno.ELOOP: "The links lead round in a circle: name the file itself",
    errno.ENAMETOOLONG: "Give it a shorter name",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return command names in the order of the README."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module that holds the command, and return the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"flows.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; for a slip, say which was meant: click knows only what it has imported."""
        if args[0] not in COMMANDS and (near := get_close_matches(args[0], COMMANDS, n=1)):
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: wakhan demo",
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Settings file (default: $WAKHAN_SETTINGS, ./wakhan.yml, ~/.config/wakhan/wakhan.yml).",
)
@click.version_option(package_name="wakhan", prog_name="wakhan")
@click.pass_context
def wakhan(ctx: click.Context, settings_file: Path | None) -> None:
    """Watch the Russian-, Tajik- and Chinese-language press for names that matter."""
    ctx.obj = settings_file


def main() -> NoReturn:
    """Run the command line; errors a user can mend are one line on stderr, not a traceback."""
    # Nothing phones home: Prefect and its packages read these when they are first imported.
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    try:
        code = wakhan.main(prog_name="wakhan", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = 130  # as shells report an interrupt
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        # The reader of our stdout went away (`wakhan sql ... | head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except WakhanError as error:
        code = _refuse(str(error))
    except OSError as error:
        fix = _REFUSALS.get(error.errno or 0)
        if fix is None:
            raise
        code = _refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part) + f". {fix}")
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(why: str) -> int:
    click.echo(f"{click.style('wakhan:', fg='red', bold=True)} {why}", err=True)
    return 2


if __name__ == "__main__":
    main()
