"""The kinds of signals that come with the product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engage.signals.kinds import Kind, catalogue

__all__ = ["Kind", "list_kinds", "unknown_kinds"]


def list_kinds() -> Sequence[Kind]:
    """List the kinds, in the order of the buyer's journey."""
    return list(catalogue().by_name.values())


def unknown_kinds(words: Iterable[str]) -> dict[str, str]:
    """Find the words that name no kind, each with `, did you mean X` or nothing."""
    known = catalogue()
    return {word: known.nearest(word) for word in words if known.name_of(word) is None}
