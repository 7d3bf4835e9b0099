"""Drop the initials that stand beside the full name: `MRA Mogara Research Associates`."""

from __future__ import annotations

import re
from collections.abc import Collection

from dedupe.words import words

_DASH = re.compile(r"\s-\s|[–—]")
#: Longer words are no initials.
_MOST = 7


def without_own_initials(core: str, text: str, cores: Collection[str]) -> str:
    """Return the core of a name without initials of its other words.

    They stand at a dash, or the other words are the name of another row.
    """
    one, last = core.find(" ") + 1, core.rfind(" ") + 1
    # Most names have no such letters, which one look tells.
    if one == last or core[0] not in (core[one], core[last]):
        return core
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
