"""The words of a saved page around a drawn fact."""

from __future__ import annotations

from dataclasses import dataclass

from actions.fact_audits import DrawnFact
from actions.session import Session
from actions.snapshots import snapshot
from leads.errors import NotFoundError

__all__ = ["Around", "words_around"]

#: Characters of a page before and after the quote.
NEAR = 300


@dataclass(frozen=True, slots=True)
class Around:
    """The text before a quote, the quote as the page has it, and the text after it."""

    before: str
    quote: str
    after: str


def words_around(session: Session, client: str, one: DrawnFact) -> Around | None:
    """The words of the saved page around the quote; None when no page is kept, or when the quote
    is not in its visible text.
    """
    try:
        found = snapshot(session, client, one.company_id, one.fact.id)
    except NotFoundError:
        return None
    if not found.quote:
        return None
    return Around(found.before[-NEAR:], found.quote, found.after[:NEAR])
