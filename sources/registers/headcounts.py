"""How many people a company can employ, and the bands that registers publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leads.values import Range

#: More than any employer has; what is above is a slip.
MOST_PEOPLE = 10_000_000


def people_of(band: str, bands: Mapping[str, Sequence[str]]) -> Range | None:
    """The range of a code of a band: its ends in the table, the upper one empty if it is open."""
    ends = bands.get(band)
    if ends is None:
        return None
    low, high = (int(end) if end else None for end in ends)
    return Range(low, high)
