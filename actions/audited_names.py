"""Check names of attributes and sources in requests for audits."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from leads.attributes import ATTRIBUTES
from leads.errors import NotFoundError, UsageError

__all__ = ["AUDITED", "check_attribute", "check_source"]

#: Attributes of companies. `coverage` is left out: it is about the crawl, so it is not judged.
AUDITED = tuple(name for name in ATTRIBUTES if name != "coverage")


def check_attribute(name: str) -> None:
    """Raise UsageError unless a name is an attribute that people can judge."""
    if name in AUDITED:
        return
    if name in ATTRIBUTES:
        raise UsageError(
            f"{name} says what the crawl looked at, not what a company is",
            "audit what it found, such as phone",
        )
    near = get_close_matches(name, AUDITED, 1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(AUDITED)}"
    raise UsageError(f"{name!r} is not an attribute", hint)


def check_source(name: str, known: Collection[str], says: str) -> None:
    """Raise NotFoundError when a source is not among the known ones; `says` is what those do."""
    if name not in known:
        some = ", ".join(sorted(known)[:10])
        raise NotFoundError(
            f"the source {name!r} {says}", f"sources that do: {some}" if some else "none does yet"
        )
