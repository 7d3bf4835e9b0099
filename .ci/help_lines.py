"""Names lines of help that are too long: the first line of each command and each option."""

import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

LIMIT = 60
#: Options whose help typer writes.
NOT_OURS = {"--install-completion", "--show-completion"}


def lines(command: Any, path: str) -> Iterator[tuple[str, str]]:
    """The help lines of a command and of all commands below it, by where each stands."""
    yield path, _first_line(command.help)
    for parameter in command.params:
        name = max([*parameter.opts, *parameter.secondary_opts], key=len)
        if name not in NOT_OURS:
            yield f"{path} {name}", getattr(parameter, "help", None) or ""

    if hasattr(command, "list_commands"):
        context = command.make_context(path, [], resilient_parsing=True)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if not child.hidden:
                yield from lines(child, f"{path} {name}")


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n\n")[0].replace("\n", " ")


def judge(found: dict[str, str]) -> list[str]:
    """One line a finding."""
    return [
        f"{place}: {len(text)} characters, at most {LIMIT}: {text}"
        for place, text in sorted(found.items())
        if len(text) > LIMIT
    ]


def main() -> int:
    """Print one line a finding; 1 when there is one."""
    from console.cli.main import app

    findings = judge(dict(lines(get_command(app), "sluice")))
    for finding in findings:
        sys.stdout.write(finding + "\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
