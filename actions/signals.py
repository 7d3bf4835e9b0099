"""List and add the signals of a company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import OF_SIGNALS, work_off
from actions.inbound import add_arrivals, meant
from actions.lead_barriers import barred
from actions.session import Session, Transaction
from actions.where import Where
from engage.run.raised_hands import raise_hands
from engage.signals.kinds import catalogue
from engage.signals.lines import LONGEST_TEXT
from engage.signals.raised_hands import names_company
from leads.changes import SignalsChanged, VerdictsChanged
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import Tx, campaigns, company_search, signals
from leads.store.companies import StoredCompany
from leads.store.signals import NewSignal, SignalRow
from outreach.outcomes.amount import read_amount, read_currency
from outreach.outcomes.matching import NO_MATCH

__all__ = [
    "AddedSignal",
    "SignalRow",
    "SignalToAdd",
    "Signals",
    "add_signal",
    "list_signals",
]

#: The source of what users record themselves.
_SOURCE = "person"
_WORD = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals in force of one company, oldest first."""

    company_id: UUID
    company: str
    rows: Sequence[SignalRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalToAdd:
    """A signal as a user states it."""

    company: str
    kind: str
    #: What to call the company when it is added; empty: as `company` says.
    name: str = ""
    #: None: now.
    at: datetime | None = None
    channel: str = "unknown"
    #: Such as `12500` or `12,500.00 EUR`.
    value: str | None = None
    currency: str | None = None
    #: The user's own id of the event: the same id again changes nothing.
    external_id: str | None = None
    #: The page or message, and the program or network that caused it.
    link: str | None = None
    agent: str | None = None
    #: The company came by itself: it is added when nobody knows it, and is a lead.
    inbound: bool = False
    #: Who reports it: ids of events are unique for each.
    source: str = _SOURCE


@dataclass(frozen=True, slots=True)
class AddedSignal:
    """What came of a signal."""

    company: str
    #: None: the event was recorded before.
    signal: SignalRow | None
    #: Whether the company was not known, and whether it is a lead now and was not.
    is_new: bool
    is_lead: bool
    #: Why it must not be contacted; None when it may, or when no one campaign is meant.
    barred: str | None = None


def list_signals(session: Session, client: str, company: str) -> Signals:
    """List a company's signals, those of the companies merged into it included."""
    with session.read() as work:
        client_id = work.client(client)
        found = company_search.find(work.tx, client_id, company)
        rows = signals.of_companies(work.tx, client_id, [found.id]).get(found.id, [])
    return Signals(found.id, found.name, rows)


def add_signal(session: Session, where: Where, wanted: SignalToAdd) -> AddedSignal:
    """Record what a company did.

    Campaigns with a scoring file score the company again. A company that came by itself is a lead
    from then on; no other relationship changes.
    """
    at = _checked_time(wanted)
    value, currency = _amount(wanted)

    added = _arrive(session, where, wanted) if wanted.inbound else False
    with session.write(Right.WORK_QUEUE) as work:
        client_id = work.client(where.client)
        campaign_id = work.campaign(where.client, where.campaign)[1] if where.campaign else None
        found = _company(work.tx, client_id, wanted)
        made = NewSignal(
            client_id=client_id,
            company_id=found.id,
            campaign_id=campaign_id,
            kind=wanted.kind,
            happened_at=at,
            source=wanted.source,
            external_id=wanted.external_id or str(new_id()),
            by=work.actor.name,
            channel=wanted.channel,
            value_minor=value,
            value_currency=currency,
            link=wanted.link,
            agent=wanted.agent,
        )
        stored = signals.add(work.tx, [made])
        led = _lead(work, where, found.id) if stored and wanted.inbound else []
        work.follow([SignalsChanged(client_id, (found.id,)), *led] if stored else [])
    work_off(session, OF_SIGNALS)
    why = _barred(session, where, found.id)
    return AddedSignal(found.name, stored[0] if stored else None, added, bool(led), why)


def _checked_time(wanted: SignalToAdd) -> datetime:
    """When it happened; UsageError when a part of the signal cannot be meant so."""
    for word, what in ((wanted.kind, "kind"), (wanted.channel, "channel")):
        if not _WORD.fullmatch(word):
            raise UsageError(f"{word[:60]!r} is no {what}", "write one word such as demo_requested")
    for text in (wanted.link, wanted.agent):
        if text is not None and len(text) > LONGEST_TEXT:
            raise UsageError(f"a link or agent has at most {LONGEST_TEXT} characters", "shorten it")
    at = wanted.at or now()
    if at > now():
        raise UsageError(f"{at:%Y-%m-%d %H:%M} UTC is in the future", "name when it happened")
    return at


def _arrive(session: Session, where: Where, wanted: SignalToAdd) -> bool:
    """Add the company when nobody knows it; UsageError when it cannot be added."""
    with session.read(Right.WORK_QUEUE) as work:
        client_id, _ = work.campaign(where.client, where.campaign)
        by = work.actor.name
        known = meant(work.tx, client_id, [wanted.company])[wanted.company]
    if known != NO_MATCH:
        return False
    if not names_company(wanted.kind, catalogue()):
        raise UsageError(
            f"{wanted.company[:80]} is not known, and no company is added for {wanted.kind}",
            "import the list that has it; `sluice signal kinds` lists what shows interest",
        )
    came = add_arrivals(
        session, client_id, [wanted.company], by, names={wanted.company: wanted.name}
    )
    if came.refused:
        raise UsageError(
            f"{wanted.company[:80]} is not added: {came.refused[wanted.company]}",
            "name another company by its domain or name",
        )
    return bool(came.added)


def _company(tx: Tx, client_id: UUID, wanted: SignalToAdd) -> StoredCompany:
    if not wanted.inbound:
        try:
            return company_search.find(tx, client_id, wanted.company)
        except NotFoundError as error:
            hint = "name it by name, domain or id; --inbound adds one that came by itself"
            raise NotFoundError(error.message, hint) from None
    known = meant(tx, client_id, [wanted.company])[wanted.company]
    if isinstance(known, UUID):
        return company_search.get(tx, client_id, known)
    raise UsageError(f"{wanted.company[:80]}: {known}", "name the company by its id")


def _lead(work: Transaction, where: Where, company_id: UUID) -> list[VerdictsChanged]:
    """Make the company a lead of the campaign, unless it is one."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    led = raise_hands(work.tx, client_id, campaign_id, [company_id])
    return [VerdictsChanged(client_id, campaign_id, tuple(led))] if led else []


def _barred(session: Session, where: Where, company_id: UUID) -> str | None:
    """Why the company must not be contacted, with what follows from the signal."""
    with session.read() as work:
        client_id = work.client(where.client)
        if where.campaign is None and len(campaigns.of_client(work.tx, client_id)) != 1:
            return None
        campaign_id = work.campaign(where.client, where.campaign)[1]
        return barred(work, client_id, campaign_id, [company_id]).get(company_id)


def _amount(wanted: SignalToAdd) -> tuple[int | None, str | None]:
    if wanted.value is None:
        return None, None
    found = read_amount(wanted.value)
    if found is None:
        raise UsageError(
            f"{wanted.value!r} is no amount, or could be two", "write it as 12500 or 12500.50"
        )
    currency = read_currency(wanted.currency or "") or found.currency
    if currency is None:
        raise UsageError("the value has no currency", "add --currency EUR")
    return found.hundredths, currency
