"""The number that a cell states."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?|[-+]?\.\d+", re.I)


def number_of(text: str) -> float | None:
    """The number that a cell states, such as `1,250.5`; None: it states none."""
    if not _NUMBER.fullmatch(text):
        return None
    found = float(text.replace(",", ""))
    return found if math.isfinite(found) else None
