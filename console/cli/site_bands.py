"""How many sites were found, are for review and are left open, in words."""

from __future__ import annotations

from collections.abc import Mapping

#: What is said of how many companies were found, by band.
BANDS = {"accept": "found", "review": "for review", "abstain": "left open"}


def band_counts(bands: Mapping[str, int]) -> str:
    """`3 found, 1 for review, 8 left open`."""
    return ", ".join(f"{bands.get(band, 0):,} {word}" for band, word in BANDS.items())
