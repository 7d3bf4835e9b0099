"""Inboxes: addresses at which programs and web forms report what companies do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

WEBHOOK, FORM = "webhook", "form"
KINDS = (WEBHOOK, FORM)
#: What each message becomes.
SIGNAL, OUTCOME, COMPANY = "signal", "outcome", "company"
BECOMES = (SIGNAL, OUTCOME, COMPANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRules:
    """How an inbox reads what it gets."""

    becomes: str = SIGNAL
    #: The kind of every signal; empty: the message says it.
    signal_kind: str = ""
    #: The list of companies that come in.
    list_name: str = ""
    #: The messages that count, by their type; none: all.
    types: tuple[str, ...] = ()
    #: Where each field stands in a message, such as `data.account.domain`.
    fields: Mapping[str, str] = field(default_factory=dict)
    #: The sites whose forms are taken.
    origins: tuple[str, ...] = ()
    #: Where a browser goes afterwards.
    thanks: str = ""
    #: The words beside the box that a visitor ticks.
    consent: str = ""
    #: Messages that are taken in an hour.
    an_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One stored inbox."""

    id: UUID
    client_id: UUID
    campaign_id: UUID
    name: str
    kind: str
    rules: InboxRules
    #: The sealed secret of a webhook, and the one before until a moment; empty: none.
    secret: str
    secret_before: str
    before_until: datetime | None
    #: The user with whose rights everything is done; empty: the user was removed.
    by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that was taken, and what came of it."""

    message_id: str
    at: datetime
    #: `taken`, `accepted`, `left` or `refused`.
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turned:
    """How often something was turned away in an hour, before it was believed."""

    hour: datetime
    reason: str
    times: int
    last_at: datetime
