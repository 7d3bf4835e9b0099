"""Coordinates as numbers."""

from __future__ import annotations


def degrees(text: str, most: int) -> float | None:
    """A coordinate as a number; None for what is none on this earth."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= most else None
