"""The command `sluice`: the tree of commands, and what becomes of their errors."""

from __future__ import annotations

import _thread
import gc
import os
import sys
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.exceptions import TyperException

from console.cli.hints import set_scope
from console.cli.lazy import LazyGroup, load
from console.cli.output import emit, fail
from console.cli.tree import COMMANDS
from console.cli.usage_words import usage_words
from leads.collection import SELDOM
from leads.errors import SluiceError


class Root(LazyGroup):
    """The command `sluice` itself."""

    entries = COMMANDS


app = typer.Typer(
    name="sluice",
    cls=Root,
    help="Raw company names in, prospects out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


INTERRUPTED = 130
#: Commands whose result appears at the very end, or that write none.
_WRITTEN_LAST = {
    ("cluster",),
    ("link",),
    ("backup",),
    *(("icp", name) for name in ("new", "check", "words", "schema", "explain", "diff", "replay")),
}


def _show_version(wanted: bool) -> None:
    if wanted:
        emit(f"sluice {load('leads.version:own_version')()}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """Raw company names in, prospects out."""


def _again(lost: sys.UnraisableHookArgs) -> None:
    """Interrupt once more when Ctrl-C fell into a clean-up whose errors Python only prints."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _thread.interrupt_main()
    else:
        sys.__unraisablehook__(lost)


def main() -> None:
    """Run one command; errors become a line and an exit code, never a traceback."""
    sys.unraisablehook = _again
    # Imports and batches make many objects and almost no garbage.
    gc.set_threshold(SELDOM)
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold bytes that are no text; showing it must not fail.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    set_scope(arguments)
    as_json = "--json" in arguments or "--jsonl" in arguments
    try:
        # Typer turns Ctrl-C, and an end that a command asks for, into the number it returns.
        ended = app(arguments, standalone_mode=False, prog_name="sluice")
        sys.stdout.flush()
    except (SluiceError, TyperException, OSError) as error:
        return _failed(error, as_json=as_json)
    except UnicodeEncodeError:
        odd = next((one for one in arguments if not _is_utf8(one)), None)
        if odd is None:
            raise
        shown = odd.encode("utf-8", "backslashreplace").decode()
        hint = "rename the file, or write the name in UTF-8"
        fail("usage", f"{shown} is not valid UTF-8", hint, as_json=as_json)
        return 2
    except typer.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted(arguments, as_json=as_json)
    except SystemExit:
        # Typer ends so when the reader of our output closed it: that is not an error.
        return 0

    if ended == INTERRUPTED:
        return _interrupted(arguments, as_json=as_json)
    return ended if isinstance(ended, int) else 0


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _failed(error: SluiceError | TyperException | OSError, *, as_json: bool) -> int:
    """Print an error; its exit code."""
    if isinstance(error, SluiceError):
        fail(error.code, error.message, error.hint, as_json=as_json)
        return error.exit_code

    if isinstance(error, TyperException):
        message, hint = usage_words(error)
        fail("usage", message, hint, as_json=as_json)
        return 2

    if isinstance(error, BrokenPipeError):
        # The reader of our output closed it: that is not an error, but the interpreter must not
        # flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0

    what = str(error.strerror or error)
    if error.filename:
        what = f"{error.filename}: {what}"
    fail("failed", what, "nothing was half-written", as_json=as_json)
    return 1


def _interrupted(arguments: list[str], *, as_json: bool) -> int:
    if {tuple(arguments[:1]), tuple(arguments[:2])} & _WRITTEN_LAST:
        fail(
            "interrupted",
            "interrupted; nothing was written",
            "run the command again",
            as_json=as_json,
        )
    else:
        fail(
            "interrupted",
            "interrupted; only finished steps are stored",
            "run the same command again to go on",
            as_json=as_json,
        )
    return INTERRUPTED
