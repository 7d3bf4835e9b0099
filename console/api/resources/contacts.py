"""Contacts and consents: which persons are kept, and who agreed to be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime

from actions import consents, contacts
from actions.consents import Consent, ConsentReport, Given
from actions.contacts import Listed
from console.api.callers import Caller, Client, needs
from console.api.listing import Key, Page, Paging, listed
from console.api.words import Body, Text, Word

router = APIRouter(tags=["contacts"])
Reader = Annotated[Caller, needs("contacts:read")]
Writer = Annotated[Caller, needs("contacts:write")]


class NewConsent(Body):
    """That somebody agreed to be contacted."""

    #: An e-mail address or a phone number.
    whom: Word
    #: What was agreed to, word for word, and how that was said.
    words: Text
    source: Word
    who: Word = ""
    at: AwareDatetime | None = None


class Withdrawal(Body):
    """That a consent does not hold any more."""

    whom: Word
    at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of a company."""

    id: UUID
    company_id: UUID | None
    company: str | None
    kind: str
    role: str
    name: str | None
    email: str | None
    phone: str | None
    source: str
    basis: str
    created_at: datetime
    notice_due_at: datetime | None
    noticed_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and how many companies have this address or number."""

    point: str
    channel: str
    companies: int


@router.get("/contacts", response_model=Page[Contact])
def list_contacts(caller: Reader, client: Client, part: Paging, *, overdue: bool = False) -> Any:
    """List a client's contacts, in the order in which they were stored."""

    def fetch(after: Key | None, limit: int) -> Sequence[Listed]:
        place = UUID(after[0]) if after else None
        return contacts.contact_page(caller.session, client, place, limit, overdue=overdue)

    return listed(part, fetch, _key, _contact)


@router.get("/consents", response_model=Page[Consent])
def list_consents(caller: Reader, client: Client, part: Paging) -> Any:
    """List a client's consents, those that were withdrawn too, in the order of recording."""

    def fetch(after: Key | None, limit: int) -> Sequence[Consent]:
        place = UUID(after[0]) if after else None
        return consents.consent_page(caller.session, client, place, limit)

    return listed(part, fetch, _consent_key)


@router.post("/consents", status_code=201)
def give_consent(caller: Writer, client: Client, sent: NewConsent) -> Recorded:
    """Record that somebody agreed to be contacted."""
    given = Given(
        whom=sent.whom, words=sent.words, source=sent.source, who=sent.who, at=_utc(sent.at)
    )
    return _recorded(consents.give(caller.session, client, given, dry_run=False))


@router.post("/consents/withdraw")
def withdraw_consent(caller: Writer, client: Client, sent: Withdrawal) -> Recorded:
    """Record that a consent was withdrawn: the address or number must not be used any more."""
    done = consents.withdraw(caller.session, client, sent.whom, _utc(sent.at), dry_run=False)
    return _recorded(done)


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


def _recorded(done: ConsentReport) -> Recorded:
    return Recorded(done.point, done.channel, done.companies)


def _contact(one: Listed) -> Contact:
    shown = [name for name in Contact.__slots__ if name != "overdue"]
    values = {name: getattr(one.row, name) for name in shown}
    return Contact(**values, overdue=one.overdue)


def _key(one: Listed) -> list[str]:
    return [str(one.row.id)]


def _consent_key(row: Consent) -> list[str]:
    return [str(row.id)]
