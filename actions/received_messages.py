"""Take in the signed messages of other programs: each becomes a signal, an outcome or a company."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.imports import FileToImport, import_list
from actions.inbox_secrets import keys_of
from actions.outcomes import OutcomeFile, import_outcomes
from actions.receiving import (
    STALE,
    UNLIKE,
    UNSIGNED,
    Addressed,
    TurnedAwayError,
    once,
    session_of,
)
from actions.session import Installation, Session
from actions.signals import SignalToAdd, add_signal
from actions.where import Where
from intake.message_times import moment_of
from intake.messages import read_fields, read_object, signal_kind, type_of
from leads.clock import now
from leads.errors import UsageError
from leads.inboxes import COMPANY, OUTCOME, SIGNAL, Inbox
from workers.verifying import TOLERANCE, Envelope, is_signed, is_timely, read_envelope

#: The profile of imported outcomes whose columns are written here.
_PROFILE = "plain"


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is signed, and where it came in."""

    inbox: Inbox
    where: Where
    message_id: str
    sent_at: datetime
    fields: Mapping[str, str]


def envelope_of(headers: Mapping[str, str]) -> Envelope:
    """What the headers of a message say; TurnedAwayError when it is not worth reading on."""
    found = read_envelope(headers)
    if found is None:
        hint = "send webhook-id, webhook-timestamp and webhook-signature (v1)"
        raise TurnedAwayError(UNLIKE, 400, hint)
    if not is_timely(found, now().timestamp()):
        raise TurnedAwayError(STALE, 400, "set the clock of the sender")
    return found


def receive_message(
    installation: Installation, at: Addressed, envelope: Envelope, body: bytes
) -> str:
    """Do what a message asks for once its signature is checked; the state of the message."""
    session = session_of(installation, at.inbox)
    if not is_signed(envelope, body, keys_of(session.secret, at.inbox, now())):
        raise TurnedAwayError(UNSIGNED, 401, "sign with the secret of this inbox")
    fields: dict[str, str] = {}

    def act() -> str:
        told = read_object(body)
        if at.inbox.rules.types and type_of(told) not in at.inbox.rules.types:
            return "left"
        fields.update(read_fields(told, at.inbox.rules.becomes, at.inbox.rules.fields))
        sent_at = datetime.fromtimestamp(envelope.sent_at, UTC)
        message = Message(at.inbox, at.where, envelope.message_id, sent_at, fields)
        _ACTS[at.inbox.rules.becomes](session, message)
        return "accepted"

    return once(session, at.inbox, envelope.message_id, fields.values(), act)


def _signal(session: Session, message: Message) -> None:
    told = message.fields
    kind = message.inbox.rules.signal_kind or signal_kind(_needed(told, "kind"))
    signal = SignalToAdd(
        company=_needed(told, "company"),
        kind=kind,
        at=_moment(message),
        channel=told.get("channel", "unknown"),
        value=told.get("value"),
        currency=told.get("currency"),
        external_id=message.message_id,
        link=told.get("link"),
        agent=told.get("agent"),
        inbound=True,
        source=f"inbox {message.inbox.name}",
    )
    add_signal(session, message.where, signal)


def _outcome(session: Session, message: Message) -> None:
    told, company = message.fields, _needed(message.fields, "company")
    row = {
        "company_id": company,
        "domain": "" if "@" in company else company,
        "email": company if "@" in company else "",
        "name": company,
        "outcome": signal_kind(_needed(told, "outcome")).replace("_", " "),
        "at": _moment(message).isoformat(),
        "event_id": f"{message.inbox.name} {message.message_id}",
        "value": told.get("value", ""),
        "currency": told.get("currency", ""),
        "reason": told.get("reason", ""),
    }
    with _as_csv(message, row) as path:
        file = OutcomeFile(
            where=message.where,
            path=str(path),
            profile=_PROFILE,
            moment=lambda naive: naive.replace(tzinfo=UTC),
        )
        done = import_outcomes(session, file)
    if done.rejects:
        # The answer says why; nobody corrects this row in a file.
        done.rejects.unlink(missing_ok=True)
    if done.examples:
        raise UsageError(done.examples[0][1], "correct the message and send it again")


def _company(session: Session, message: Message) -> None:
    _needed(message.fields, "name")
    with _as_csv(message, message.fields) as path:
        file = FileToImport(
            path=str(path),
            client=message.where.client,
            name=message.inbox.rules.list_name,
            add=True,
            arrivals=True,
        )
        done = import_list(session, file).report
    if done.rejects and done.rejects.file:
        done.rejects.file.unlink(missing_ok=True)
    if done.counts.rejected:
        raise UsageError("the message names no company that can be stored", "name it in full")


#: What each message becomes.
_ACTS: Mapping[str, Callable[[Session, Message], None]] = {
    SIGNAL: _signal,
    OUTCOME: _outcome,
    COMPANY: _company,
}


@contextmanager
def _as_csv(message: Message, row: Mapping[str, str]) -> Iterator[Path]:
    """The message as a file of one row, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sluice-") as folder:
        path = Path(folder) / f"{message.inbox.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(row)
            writer.writerow(row.values())
        yield path


def _needed(told: Mapping[str, str], name: str) -> str:
    if name not in told:
        raise UsageError(
            f"the message has no {name}", f"send it as data.{name}, or `inbox add --map {name}=…`"
        )
    return told[name]


def _moment(message: Message) -> datetime:
    """When it happened; clocks that are a little ahead are put right."""
    at = moment_of(message.fields["at"]) if "at" in message.fields else message.sent_at
    present = now()
    return min(at, present) if (at - present).total_seconds() <= TOLERANCE else at
