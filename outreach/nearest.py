"""The names most like one that was not found."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: How alike two texts must be to be shown (0 to 100), and how many are shown.
LIKENESS = 75
SHOWN = 3

_BEFORE_HOST = re.compile(r"^(?:[a-z]+://)?(?:.*@)?(?:www\.)?", re.IGNORECASE)
_SHORTEST_NAME = 3


def nearest(text: str, names: Sequence[str]) -> list[str]:
    """The few names most like a text, the most alike first; of a domain its own name is compared."""
    # Imported late: most commands find what they name.
    from rapidfuzz import fuzz, process, utils

    wanted = _name_in(text)
    if len(wanted) < _SHORTEST_NAME:
        return []
    found = process.extract(
        wanted,
        names,
        scorer=fuzz.token_set_ratio if " " in wanted else fuzz.WRatio,
        processor=utils.default_process,
        limit=SHOWN,
        score_cutoff=LIKENESS,
    )
    return [name for name, _, _ in found]


def _name_in(text: str) -> str:
    """The text, or the first label of the host in an address."""
    bare = text.strip()
    if " " in bare or "." not in bare:
        return bare
    return _BEFORE_HOST.sub("", bare).partition("/")[0].partition(".")[0].replace("-", " ")
