"""Search names of companies for a text, some companies at a time: no index helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from sqlalchemy import select

from leads.store import company_search
from leads.store.companies import StoredCompany
from leads.store.engine import Tx
from leads.store.schema import company

#: Companies that are looked at between two looks at the clock, and seconds of a search.
_AT_ONCE, _LONGEST = 20_000, 0.1


@dataclass(frozen=True, slots=True)
class Within:
    """The companies that were found, by id."""

    rows: Sequence[StoredCompany]
    #: The last company that was looked at; None: every one was.
    last: UUID | None


def search(tx: Tx, client_id: UUID, text: str, most: int, after: UUID | None) -> Within:
    """Companies of a client with a text in their name, from behind a company on, until there are
    `most` or the time is over.
    """
    until, found = monotonic() + _LONGEST, list[UUID]()
    wanted = company_search.contains(text.strip())
    while True:
        part = select(company.c.id).where(company.c.client_id == client_id)
        part = part.where(company.c.id > after) if after else part
        ends = part.order_by(company.c.id).offset(_AT_ONCE - 1).limit(1)
        last: UUID | None = tx.execute(ends).scalar()
        within = part.where(wanted, company.c.merged_into.is_(None), company.c.gone_at.is_(None))
        if last is not None:
            within = within.where(company.c.id <= last)
        room = most - len(found)
        some = list(tx.execute(within.order_by(company.c.id).limit(room + 1)).scalars())
        found += some[:room]
        if len(some) > room:
            return Within(_all(tx, client_id, found), found[-1])
        if last is None or monotonic() > until:
            return Within(_all(tx, client_id, found), last)
        after = last


def _all(tx: Tx, client_id: UUID, ids: Sequence[UUID]) -> list[StoredCompany]:
    return [company_search.get(tx, client_id, one) for one in ids]
