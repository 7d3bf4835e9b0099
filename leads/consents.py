"""A consent: who agreed to be contacted at an address or number, in which words, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """A consent as it is recorded."""

    client_id: UUID
    #: The channel that the address or number serves: `email` or `phone`.
    channel: str
    #: The address or number in its normal form.
    point: str
    #: Who agreed; empty when nobody noted it.
    who: str
    #: What they agreed to, in the words that were used.
    words: str
    #: How it was given, such as a form or a call.
    source: str
    given_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A stored consent."""

    id: UUID
    channel: str
    point: str
    who: str
    words: str
    source: str
    given_at: datetime
    by: str
    recorded_at: datetime
    #: None: it holds.
    withdrawn_at: datetime | None
    withdrawn_by: str | None
