"""Complete the commands in notes and hints with the client and campaign of this command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from contextvars import ContextVar
from inspect import signature

from console.cli.lazy import Group, load
from console.cli.tree import COMMANDS

_COMMAND = re.compile(r"`sluice ([^`]+)`")
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
    if "--help" in words:
        return found[0]
    takes = _options_of(words)
    given = _scope.get()
    added = [
        part
        for option in ("--client", "--campaign")
        if option in given and option in takes and option not in words
        for part in (option, shlex.quote(given[option]))
    ]
    return f"`sluice {' '.join([found[1], *added])}`"


def _options_of(words: Sequence[str]) -> frozenset[str]:
    """Those of `--client` and `--campaign` that a command takes; none where there is no such."""
    entry = COMMANDS.get(words[0])
    if isinstance(entry, Group):
        named = entry.commands.get(words[1] if len(words) > 1 else "")
        usual = entry.commands.get(entry.of_files or "")
        leaf = named or usual
        target = leaf.target if leaf else entry.alone
    else:
        target = entry.target if entry else None
    if target is None:
        return frozenset()
    return frozenset(f"--{name}" for name in signature(load(target)).parameters)
