"""The notices to contacts: their text, and that they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.client_log import log_client_change
from actions.session import Session
from leads.clock import now
from leads.contacts import ContactRow
from leads.errors import NotFoundError, UsageError
from leads.store import clients, contacts, events
from outreach.notice import NoticeFacts, notice_text
from outreach.people import comparable
from outreach.run.tracing import origins_of_contacts


@dataclass(frozen=True, slots=True)
class Notice:
    """The text for one contact."""

    contact: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticesSent:
    """The texts, and how many contacts were not told before."""

    told: int
    notices: Sequence[Notice]
    #: Whether the texts name who answers for the data, with address.
    names_controller: bool


def send_notices(
    session: Session, client: str, whom: Sequence[str], on: datetime | None, *, dry_run: bool
) -> NoticesSent:
    """Write the notices to contacts, named by id, e-mail address or full name, and store that they
    were sent.
    """
    at = on or now()
    if at > now():
        raise UsageError(f"{at:%Y-%m-%d} is still to come", "name the day on which it was sent")
    with session.write(Right.WORK_QUEUE, dry_run=dry_run) as work:
        client_id = work.client(client)
        known = contacts.of_client(work.tx, client_id)
        found = [_rows_of(known, text) for text in whom]
        controller = clients.controller_of(work.tx, client_id)
        notices = [_notice(rows, controller or client) for rows in found]
        ids = [one.id for rows in found for one in rows]
        told = contacts.note_sent(work.tx, ids, at)
        lines = [_line(one, client_id, work.actor.name) for one in ids]
        events.log(work.tx, lines)
    return NoticesSent(told, notices, controller is not None)


def set_controller(
    session: Session, client: str, controller: str, *, dry_run: bool = False
) -> str | None:
    """Set who answers for the data of a client's contacts, with address; empty clears it."""
    text = " ".join(controller.split()) or None
    if text and len(text) > 500:
        raise UsageError(f"--controller has {len(text)} characters", "at most 500")
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(client)
        clients.set_controller(work.tx, client_id, text)
        log_client_change(work, client_id, f"controller: {text or 'none'}")
    return text


def _rows_of(rows: Sequence[ContactRow], text: str) -> list[ContactRow]:
    """The rows of a contact; NotFoundError or UsageError where a text names none, or several."""
    wanted = text.strip().lower()
    hits = [one for one in rows if wanted in (str(one.id), one.email)]
    if hits:
        return hits
    name = comparable(text)
    hits = [one for one in rows if name and one.name and comparable(one.name) == name]
    if not hits:
        raise NotFoundError(
            f"there is no contact {text!r} of this client", "see `sluice contact list`"
        )
    if len({one.company_id for one in hits}) > 1:
        raise UsageError(
            f"several contacts are called {text!r}", "give the id that `sluice contact list` shows"
        )
    return hits


def _notice(rows: Sequence[ContactRow], controller: str) -> Notice:
    first = rows[0]
    name = next((one.name for one in rows if one.name), None)
    whom = name or first.email or str(first.id)
    about = NoticeFacts(
        whom=whom,
        company=first.company,
        controller=controller,
        origins=origins_of_contacts(rows),
    )
    return Notice(first.email or whom, notice_text(about))


def _line(contact_id: UUID, client_id: UUID, by: str) -> events.Happened:
    return events.Happened(
        verb="notice sent", thing="contact", thing_id=contact_id, client_id=client_id, who=by
    )
