"""Who may count as a lead: a consumer only with an opt-in, by a signal or a recorded consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from engage.handover.file import HandoverFile
from leads.store import Tx, consents, contacts
from leads.store.facts import facts
from leads.store.signals import SignalRow

_OPT_IN = "opted_in"
_OPT_OUT = frozenset({"unsubscribed", "do_not_contact", "spam_reported"})
_POINTS = ("email", "phone")


def counting(
    tx: Tx,
    client_id: UUID,
    file: HandoverFile | None,
    said: Mapping[UUID, Sequence[SignalRow]],
) -> set[UUID]:
    """Which of the companies with these signals may count as leads.

    Of a B2C client's those whose last word on being contacted is an opt-in: a signal, or a consent
    at one of their addresses or numbers.
    """
    if file is None or file.audience == "b2b":
        return set(said)
    consented = _consents(tx, client_id, list(said))
    words = {one: [*_words(rows), *consented.get(one, ())] for one, rows in said.items()}
    return {one for one, some in words.items() if some and _last(some)}


def _last(some: Sequence[tuple[datetime, bool]]) -> bool:
    """The last word; of two at one moment a no counts."""
    return max(some, key=lambda one: (one[0], not one[1]))[1]


def _words(rows: Sequence[SignalRow]) -> list[tuple[datetime, bool]]:
    """When a company said yes or no to being contacted."""
    return [
        (one.happened_at, one.kind == _OPT_IN)
        for one in rows
        if one.kind == _OPT_IN or one.kind in _OPT_OUT
    ]


def _consents(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[datetime, bool]]]:
    """The same by the consents that were recorded, and by their withdrawal."""
    if not consents.any_of_client(tx, client_id):
        return {}
    found: dict[UUID, list[tuple[datetime, bool]]] = {}
    for company_id, points in _points(tx, client_id, company_ids).items():
        for one in consents.at_points(tx, client_id, points):
            words = found.setdefault(company_id, [])
            words.append((one.given_at, True))
            if one.withdrawn_at is not None:
                words.append((one.withdrawn_at, False))
    return found


def _points(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The addresses and numbers of companies and of the contacts at them."""
    known = facts.of_companies(tx, client_id, company_ids)
    found = {}
    for one in company_ids:
        points = {str(fact.value) for fact in known[one] if fact.attribute in _POINTS}
        for contact in contacts.of_company(tx, client_id, one):
            points.update(filter(None, (contact.email, contact.phone)))
        found[one] = points
    return found
