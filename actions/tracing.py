"""Answer where the data of a company comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.session import Session
from outreach.origins import Origin, letter
from outreach.run.tracing import origins_of

__all__ = ["Origin", "Sources"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source of a company's data, and the text for a letter."""

    company: str
    origins: Sequence[Origin]
    letter: str


def sources(session: Session, client: str, whom: str) -> Sources:
    """Find the sources of the company that a text names."""
    with session.read() as work:
        name, found = origins_of(work.tx, work.client(client), whom)
    return Sources(name, found, letter(name, found))
