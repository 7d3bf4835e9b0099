"""Who may count as a lead: a consumer only with an opt-in, by a signal or a recorded consent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from engage.run.lead_files import agreement
from engage.signals.kinds import catalogue
from engage.signals.raised_hands import OPT_IN
from leads.store import Tx, consents, contacts, signals
from leads.store.facts import facts
from leads.store.signals import SignalRow

_OPT_OUT = frozenset({"unsubscribed", "do_not_contact", "spam_reported"})
_POINTS = ("email", "phone")


def needs_opt_in(tx: Tx, campaign_id: UUID) -> bool:
    """Whether a company counts as a lead of a campaign only with an opt-in."""
    file = agreement(tx, campaign_id)
    return file is not None and file.audience == "b2c"


def counting(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Collection[UUID]
) -> set[UUID]:
    """Which of the companies may count as leads of a campaign, by its hand-over file.

    Of a B2C client's those whose last word on being contacted is an opt-in: a signal that a person
    caused and that counts in this campaign, or a consent at one of their addresses or numbers. An
    opt-out in any campaign of the client counts.
    """
    if not needs_opt_in(tx, campaign_id):
        return set(company_ids)
    ids = list(company_ids)
    said = signals.of_companies(tx, client_id, ids)
    consented = _consents(tx, client_id, ids)
    found = set()
    for one in ids:
        words = [*_words(said.get(one, ()), campaign_id), *consented.get(one, ())]
        if words and _last(words):
            found.add(one)
    return found


def _last(some: Sequence[tuple[datetime, bool]]) -> bool:
    """The last word; of two at one moment a no counts."""
    return max(some, key=lambda one: (one[0], not one[1]))[1]


def _words(rows: Iterable[SignalRow], campaign_id: UUID) -> list[tuple[datetime, bool]]:
    """When a company said yes or no to being contacted, in any of the words for it."""
    found = []
    for one in rows:
        # Not the kinds of the scoring file: none of its own may replace an opt-out.
        name = catalogue().name_of(one.kind)
        # Who wants to be left alone means every campaign; an opt-in is to one, where it names one.
        is_in = name == OPT_IN and one.campaign_id in (None, campaign_id)
        if not one.machine and (is_in or name in _OPT_OUT):
            found.append((one.happened_at, is_in))
    return found


def _consents(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[datetime, bool]]]:
    """The same by the consents that were recorded, and by their withdrawal."""
    if not consents.any_of_client(tx, client_id):
        return {}
    points = _points(tx, client_id, company_ids)
    at_point: dict[str, list[tuple[datetime, bool]]] = {}
    for one in consents.at_points(tx, client_id, set().union(*points.values())):
        words = at_point.setdefault(one.point, [])
        words.append((one.given_at, True))
        if one.withdrawn_at is not None:
            words.append((one.withdrawn_at, False))
    found: dict[UUID, list[tuple[datetime, bool]]] = {}
    for company_id, own in points.items():
        for point in own & at_point.keys():
            found.setdefault(company_id, []).extend(at_point[point])
    return found


def _points(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The addresses and numbers of companies and of the contacts at them."""
    known = facts.of_companies(tx, client_id, company_ids)
    persons = contacts.of_companies(tx, client_id, company_ids)
    found = {}
    for one in company_ids:
        points = {str(fact.value) for fact in known[one] if fact.attribute in _POINTS}
        for contact in persons[one]:
            points.update(filter(None, (contact.email, contact.phone)))
        found[one] = points
    return found
