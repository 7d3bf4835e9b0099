"""Name the columns that a result adds to those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count


def added_columns(wanted: Iterable[str], header: Iterable[str]) -> Mapping[str, str]:
    """Return for each wanted column the name it gets: `score_2` if the file has a `Score`."""
    taken = {name.strip().casefold() for name in header}
    return {name: _free(name, taken) for name in wanted}


def renamed(columns: Mapping[str, str]) -> Mapping[str, str]:
    """Return the columns that did not get the name that was wanted."""
    return {name: given for name, given in columns.items() if given != name}


def _free(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    numbered = (f"{name}_{number}" for number in count(2))
    return next(one for one in numbered if one.casefold() not in taken)
