"""The page of all commands, made from the program itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Protocol, cast

import typer
from typer.main import get_command

from console.cli.main import app

WIDTH = 110
_TOP = """# Commands

What `--help` prints for each command. This page is made by `make docs` and compared by `make check`; change the text in `console/`.
"""  # noqa: E501


class _Context(Protocol):
    """The part of typer's context that is used here; typer does not export its type."""

    command: Any
    command_path: str

    def get_help(self) -> str: ...


def render(app: typer.Typer) -> str:
    """Markdown with one section per visible command and its help as printed, parents before
    children.
    """
    root = get_command(app)
    sections = [
        f"{'#' * depth} {context.command_path}\n\n```text\n{_help(context)}\n```\n"
        for context, depth in _walk(root, root.name or "sluice")
    ]
    return "\n".join((_TOP, *sections))


def _walk(
    command: Any, name: str, parent: _Context | None = None, depth: int = 2
) -> Iterator[tuple[_Context, int]]:
    context = cast(
        "_Context",
        command.make_context(
            name,
            [],
            parent=parent,
            resilient_parsing=True,
            terminal_width=WIDTH,
            max_content_width=WIDTH,
        ),
    )
    yield context, depth
    if not hasattr(command, "list_commands"):
        return
    for child_name in command.list_commands(context):
        child = command.get_command(context, child_name)
        yield from _walk(child, child_name, context, depth + 1)


def _help(context: _Context) -> str:
    return "\n".join(line.rstrip() for line in context.get_help().strip().splitlines())


def main() -> None:
    """Print the page of the program's own commands."""
    sys.stdout.write(render(app))


if __name__ == "__main__":
    main()
