"""Keep what was found out, for the next company: a number of entries, then all are dropped."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_What = TypeVar("_What")


def keep(kept: dict[_Key, _What], key: _Key, what: _What, most: int) -> _What:
    """Keep `what` under a key beside at most `most` others, and return it."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = what
    return what
