"""The command `sluice`: the tree of commands, and what becomes of their errors."""

from __future__ import annotations

import os
import sys

import typer
from typer.exceptions import TyperException

from console.commands import (
    backup,
    clients,
    cluster,
    crawl,
    db,
    dedupe,
    demo,
    doctor,
    icp,
    lists,
    ops,
    pages,
    qualify,
    queue,
    run,
    suppress,
    worker,
)
from console.output import fail
from leads.errors import SluiceError

app = typer.Typer(
    name="sluice",
    help="Raw company names in, prospects out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for module in (demo, run, lists, clients, cluster, dedupe, crawl, pages, icp, qualify, queue, suppress, worker, ops, doctor, backup, db):
    module.add_to(app)


def main() -> None:
    """Run one command; errors become a line and an exit code, never a traceback."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    as_json = "--json" in arguments or "--jsonl" in arguments
    try:
        app(arguments, standalone_mode=False, prog_name="sluice")
        sys.stdout.flush()
    except SluiceError as error:
        fail(error.code, error.message, error.hint, as_json=as_json)
        return error.exit_code
    except typer.Exit as end:
        return end.exit_code
    except TyperException as error:
        where = getattr(error, "ctx", None)
        hint = f"see `{where.command_path} --help`" if where else "see `sluice --help`"
        fail("usage", error.format_message(), hint, as_json=as_json)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        fail("interrupted", "interrupted; what was done is kept", "run the same command again to go on", as_json=as_json)
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough: that is no error, but the interpreter must not flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
        fail("failed", what, "nothing was half-written", as_json=as_json)
        return 1
    return 0
