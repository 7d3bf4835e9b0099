"""Answer where the data of a company comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.session import Session
from leads.errors import NotFoundError
from leads.lexicon.emails import parse_email
from leads.store import Tx
from outreach.origins import Origin, letter
from outreach.run.tracing import origins_of, origins_of_email, origins_of_person

__all__ = ["Origin", "Sources"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source of a company's data, and the text for a letter."""

    company: str
    origins: Sequence[Origin]
    letter: str


def sources(session: Session, client: str, whom: str) -> Sources:
    """Find the sources of the contact whose address or full name a text is, else of a company."""
    email = parse_email(whom)
    with session.read() as work:
        client_id = work.client(client)
        if email and (of_person := origins_of_email(work.tx, client_id, email.address)):
            name, found = email.address, of_person
        elif named := origins_of_person(work.tx, client_id, whom):
            name, found = " ".join(whom.split()), named
        else:
            name, found = _of_company(work.tx, client_id, client, whom)
    return Sources(name, found, letter(name, found))


def _of_company(tx: Tx, client_id: UUID, client: str, whom: str) -> tuple[str, list[Origin]]:
    """The same answer whether other clients know somebody or not: it must not tell them."""
    try:
        return origins_of(tx, client_id, whom)
    except NotFoundError:
        raise NotFoundError(
            f"nothing is stored about {whom!r} for the client {client!r}",
            "each client's data is asked for by itself: name another one with --client",
        ) from None
