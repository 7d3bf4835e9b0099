"""Complete the commands in notes and hints with the client and campaign of this command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from contextvars import ContextVar

_COMMAND = re.compile(r"`sluice ([^`]+)`")
#: Commands, by their first word, that take `--client`, and those that take `--campaign` too.
_OF_A_CLIENT = frozenset(
    (
        *("campaign", "contact", "crawl", "dedupe", "dispositions", "export", "icp", "import"),
        *("lists", "outcomes", "qualify", "queue", "run", "scoring", "signal", "suppress"),
        *("webhook", "work"),
    )
)
_OF_A_CAMPAIGN = frozenset(
    ("export", "icp", "outcomes", "qualify", "queue", "run", "scoring", "work")
)
#: Commands of these groups that know no client.
_WITHOUT = frozenset(
    (
        *("dispositions check", "dispositions schema"),
        *("export check", "export fields", "export profiles", "export show"),
        *("outcomes profiles", "outcomes show"),
        *("scoring check", "scoring diff", "scoring new", "scoring schema", "signal kinds"),
        *("icp check", "icp new", "icp words", "icp schema"),
    )
)
_scope: ContextVar[dict[str, str]] = ContextVar("scope", default={})  # noqa: B039 - never changed in place


def set_scope(arguments: Sequence[str]) -> None:
    """Remember the client and campaign that the arguments of this command name."""
    found: dict[str, str] = {}
    for place, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option in ("--client", "--campaign"):
            after = arguments[place + 1] if place + 1 < len(arguments) else ""
            found[option] = value if equals else after
    if found.get("--client") == "default":
        del found["--client"]
    _scope.set({option: value for option, value in found.items() if value})


def add_campaign(name: str) -> None:
    """Remember a campaign that the command chose by itself, for a client that has several."""
    _scope.set({"--campaign": name} | _scope.get())


def in_scope(text: str) -> str:
    """The text, its commands completed: `sluice queue next --client nordwind`."""
    return _COMMAND.sub(_completed, text) if _scope.get() else text


def _completed(found: re.Match[str]) -> str:
    words = found[1].split()
    if words[0] not in _OF_A_CLIENT or " ".join(words[:2]) in _WITHOUT or "--help" in words:
        return found[0]
    options = ["--client", *(["--campaign"] if words[0] in _OF_A_CAMPAIGN else [])]
    given = _scope.get()
    added = [
        part
        for option in options
        if option in given and option not in words
        for part in (option, shlex.quote(given[option]))
    ]
    return f"`sluice {' '.join([found[1], *added])}`"
