"""The words of a saved page around a drawn fact."""

from __future__ import annotations

from dataclasses import dataclass

from actions.fact_audits import DrawnFact
from actions.session import Session
from actions.snapshots import snapshot
from leads.errors import NotFoundError
from leads.facts import Scope

__all__ = ["Around", "described", "words_around"]

#: Characters of a page before and after the quote.
NEAR = 300
_OF_SCOPE = {Scope.SITE: "of one of its sites", Scope.GROUP: "of its group"}


@dataclass(frozen=True, slots=True)
class Around:
    """The text before a quote, the quote as the page has it, and the text after it."""

    before: str
    quote: str
    after: str


def described(one: DrawnFact) -> str:
    """What the value is of, where it is not the company itself; "" otherwise."""
    return _OF_SCOPE.get(one.fact.evidence.scope, "")


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
