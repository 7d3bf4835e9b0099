"""Names lines of help that are too long: the first line of each command and each option.

`.ci/long_help.txt` lists those that are still too long. A listed line that is short now must leave
the list: `python .ci/help_lines.py --shrink` takes it out.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / ".ci" / "long_help.txt"
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


def judge(found: dict[str, str], listed: set[str]) -> list[str]:
    """One line a finding about help lines and the list of those that may be long."""
    long = {place for place, text in found.items() if len(text) > LIMIT}
    return [
        *(
            f"{place}: {len(found[place])} characters, at most {LIMIT}: {found[place]}"
            for place in sorted(long - listed)
        ),
        *(
            f"{place}: short now or gone, take it out of .ci/long_help.txt"
            for place in sorted(listed - long)
        ),
    ]


def main(*, shrink: bool) -> int:
    """Print one line a finding; 1 when there is one."""
    from console.cli.main import app

    found = dict(lines(get_command(app), "sluice"))
    listed = set(LISTED.read_text("utf-8").splitlines())

    if shrink:
        kept = sorted(place for place in listed if len(found.get(place, "")) > LIMIT)
        LISTED.write_text("".join(f"{place}\n" for place in kept), "utf-8")
        return 0

    findings = judge(found, listed)
    for finding in findings:
        sys.stdout.write(finding + "\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(shrink="--shrink" in sys.argv[1:]))
