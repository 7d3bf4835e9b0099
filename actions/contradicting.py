"""The refusal of an answer about a pair that contradicts earlier ones, with both sides."""

from __future__ import annotations

from dedupe.learning.answers import Answer, Contradiction
from leads.errors import NotAllowedError


def contradicted(clash: Contradiction, way_out: str) -> NotAllowedError:
    """Return an error that says which answers contradict the new one."""
    chain = "; ".join(_said(one) for one in clash.same)
    return NotAllowedError(
        f"this contradicts an earlier answer, so it is not stored: {chain}; {_said(clash.different)}",
        way_out,
    )


def _said(one: Answer) -> str:
    word = "one company" if one.same else "two companies"
    who = ", ".join(part for part in (one.by, one.at) if part) or "somebody"
    return f"{who}: {one.left} and {one.right} are {word}"
