"""Groups of commands that import a command's module only when that command runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


@dataclass(frozen=True, slots=True)
class Leaf:
    """One command: `module:function`, and the line that lists show for it."""

    target: str
    help: str


@dataclass(frozen=True, slots=True)
class Group:
    """Commands under one noun."""

    help: str
    commands: Mapping[str, Leaf]
    #: `module:function` that runs when no subcommand is named.
    alone: str | None = None
    #: The command that runs when the first word is an option or a file.
    of_files: str | None = None


Entry = Leaf | Group


class Command(TyperCommand):
    """A command whose help names arguments in capitals, without braces and Python types."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """List the parts of the usage line; an optional argument is in brackets."""
        arguments = [one for one in self.get_params(ctx) if one.param_type_name == "argument"]
        names = [_name(one) if one.required else f"[{_name(one)}]" for one in arguments]
        return ["[OPTIONS]", *names]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the sections of arguments and options."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for one in self.get_params(ctx):
            record = one.get_help_record(ctx)
            if record is None:
                continue
            if one.param_type_name == "argument":
                sections["Arguments"].append((_name(one), record[1]))
            else:
                sections["Options"].append(record)

        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _name(argument: Any) -> str:
    return argument.metavar or str(argument.name).upper()


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and builds one when it is asked for."""

    entries: Mapping[str, Entry] = {}
    of_files: str | None = None

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the parent passes it
        """List the names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the parent passes it
        """Build the command of that name; None when there is none."""
        entry = self.entries.get(cmd_name)
        return build(cmd_name, entry) if entry else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the parent passes it
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a misspelled one gets the nearest names as a hint."""
        # The parent looks for similar names among the commands it holds, and this group holds none.
        self.commands = dict.fromkeys(self.entries)  # type: ignore[assignment]
        if self.of_files and args[0] not in self.entries and _is_file(args[0]):
            return self.of_files, self.get_command(ctx, self.of_files), args
        return super().resolve_command(ctx, args)


def _is_file(word: str) -> bool:
    """Whether a word is an option, stdin, or looks like a file."""
    return word.startswith("-") or "." in word or "/" in word or Path(word).is_file()


def build(name: str, entry: Entry) -> Any:
    """Build one command or group, importing the module of a command."""
    return _leaf(name, entry) if isinstance(entry, Leaf) else _group(name, entry)


def _leaf(name: str, leaf: Leaf) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, short_help=leaf.help)(load(leaf.target))
    return get_command(app)


def _group(name: str, group: Group) -> Any:
    own = {"entries": group.commands, "of_files": group.of_files}
    kind = type("Commands", (LazyGroup,), own)
    app = typer.Typer(
        name=name,
        cls=kind,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=group.alone is None,
        invoke_without_command=group.alone is not None,
        context_settings={"ignore_unknown_options": group.of_files is not None},
    )
    if group.alone is None:
        app.callback(help=group.help)(_no_command)
    else:
        app.callback(short_help=group.help)(load(group.alone))
    return get_command(app)


def _no_command() -> None:
    """Do nothing: the group's help is shown."""


def load(target: str) -> Any:
    """Return the function `module:function`, importing its module now."""
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)
