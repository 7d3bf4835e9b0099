"""Drop the initials next to the full name: `MRA Mogara Research Associates`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dedupe.words import words

_DASH = re.compile(r"\s-\s|[–—]")
#: Three words or more, the first or last of which is short and begins with the letter of the rest.
_MAY_REPEAT = re.compile(r"^(?:(\S)\S{1,5} \1\S* .*|(\S)\S* .* \2\S{1,5})$", re.MULTILINE)
#: Longer words are no initials.
_MOST = 7


def may_repeat_initials(cores: Sequence[str]) -> set[str]:
    """Return the cores whose first or last word begins as the others do; few do."""
    return {found[0] for found in _MAY_REPEAT.finditer("\n".join(cores))}


def without_first_or_last(cores: Iterable[str]) -> set[str]:
    """Return what cores are without their first or last word: names that others may have."""
    return {rest for core in cores for rest in (core.partition(" ")[2], core.rpartition(" ")[0])}


def without_own_initials(core: str, text: str, cores: Collection[str]) -> str:
    """Return the core of a name without initials of its other words.

    They stand at a dash, or the other words are the name of another row.
    """
    first, _, behind = core.partition(" ")
    if _are_initials(first, behind):
        return behind if behind in cores or _DASH.search(text) else core
    before, _, initials = core.rpartition(" ")
    if _are_initials(initials, before):
        return before if before in cores or _DASH.search(text) else core
    return core


def _are_initials(initials: str, rest: str) -> bool:
    """Check for the first letters of all words, or of all but the small ones."""
    if not 1 < len(initials) < _MOST or initials[0] != rest[0]:
        return False
    parts, small = rest.split(), words().small
    main = [part for part in parts if part not in small]
    return initials in ("".join(part[0] for part in parts), "".join(part[0] for part in main))
