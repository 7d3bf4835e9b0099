"""List, add and take back the signals of a company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import OF_SIGNALS, work_off
from actions.session import Session
from actions.where import Where
from leads.changes import SignalsChanged
from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import company_search, signals
from leads.store.signals import NewSignal, SignalRow
from outreach.outcomes.amount import read_amount, read_currency

__all__ = ["SignalRow", "SignalToAdd", "Signals", "add_signal", "list_signals", "remove_signal"]

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
    #: None: now.
    at: datetime | None = None
    channel: str = "unknown"
    #: Such as `12500` or `12,500.00 EUR`.
    value: str | None = None
    currency: str | None = None
    #: The user's own id of the event: the same id again changes nothing.
    external_id: str | None = None


def list_signals(session: Session, client: str, company: str) -> Signals:
    """List a company's signals, those of the companies merged into it included."""
    with session.read() as work:
        client_id = work.client(client)
        found = company_search.find(work.tx, client_id, company)
        rows = signals.of_companies(work.tx, client_id, [found.id]).get(found.id, [])
    return Signals(found.id, found.name, rows)


def add_signal(session: Session, where: Where, wanted: SignalToAdd) -> tuple[str, SignalRow | None]:
    """Record what a company did; its name, and None when that event was recorded before.

    Campaigns with a scoring file score the company again. No relationship changes.
    """
    for word, what in ((wanted.kind, "kind"), (wanted.channel, "channel")):
        if not _WORD.fullmatch(word):
            raise UsageError(f"{word[:60]!r} is no {what}", "write one word such as demo_requested")
    at = wanted.at or now()
    if at > now():
        raise UsageError(f"{at:%Y-%m-%d %H:%M} UTC is in the future", "name when it happened")
    value, currency = _amount(wanted)

    with session.write(Right.WORK_QUEUE) as work:
        client_id = work.client(where.client)
        campaign_id = work.campaign(where.client, where.campaign)[1] if where.campaign else None
        found = company_search.find(work.tx, client_id, wanted.company)
        made = NewSignal(
            client_id=client_id,
            company_id=found.id,
            campaign_id=campaign_id,
            kind=wanted.kind,
            happened_at=at,
            source=_SOURCE,
            external_id=wanted.external_id or str(new_id()),
            by=work.actor.name,
            channel=wanted.channel,
            value_minor=value,
            value_currency=currency,
        )
        stored = signals.add(work.tx, [made])
        work.follow([SignalsChanged(client_id, (found.id,))] if stored else [])
    work_off(session, OF_SIGNALS)
    return found.name, stored[0] if stored else None


def remove_signal(session: Session, client: str, signal_id: str) -> None:
    """Take a signal back: it counts no more, and its row stays."""
    try:
        wanted = UUID(signal_id)
    except ValueError:
        raise UsageError(
            f"{signal_id!r} is not a signal id", "copy it from `sluice signal list --json`"
        ) from None

    with session.write(Right.WORK_QUEUE) as work:
        client_id = work.client(client)
        company_id = signals.company_of(work.tx, client_id, wanted)
        if not signals.retract(work.tx, client_id, [wanted], work.actor.name):
            raise NotFoundError(
                "there is no such signal in force of this client", "see `sluice signal list`"
            )
        work.follow([SignalsChanged(client_id, (company_id,))] if company_id else [])
    work_off(session, OF_SIGNALS)


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
