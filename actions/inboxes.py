"""Inboxes: addresses at which programs and web forms report what companies do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest
from typing import Any

from actions.actor import Right
from actions.session import Installation, Session, Transaction
from actions.signals import SignalToAdd, add_signal
from actions.where import Where
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store import events, inboxes
from leads.store.inboxes import InboxRow
from workers.signing import is_signed, secret_of_inbox

__all__ = [
    "AddedInbox",
    "InboxRow",
    "Received",
    "add_inbox",
    "list_inboxes",
    "receive_form",
    "receive_webhook",
    "remove_inbox",
]

_KINDS = ("webhook", "form")
#: How far the clock of a sender may be off.
_OFF = timedelta(minutes=5)
#: Messages of a form for each company that it may add, in an hour.
_MESSAGES = 10
#: A field that people do not see: only programs fill it in.
TRAP = "website_url"


class TooManyError(NotAllowedError):
    """More came in within an hour than this inbox takes."""

    code = "rate"


@dataclass(frozen=True, slots=True)
class AddedInbox:
    """A new inbox: its address, and the secret of a webhook, shown this once."""

    name: str
    kind: str
    path: str
    secret: str | None


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a message: nothing when it came before, or a program filled in the form."""

    company: str | None


def add_inbox(
    session: Session, where: Where, name: str, kind: str, origins: Sequence[str], an_hour: int
) -> AddedInbox:
    """Add an inbox that acts with the rights of the actor."""
    _check(name, kind, origins, an_hour)
    with session.write(Right.MANAGE) as work:
        client_id, _ = work.campaign(where.client, where.campaign)
        if inboxes.is_taken(work.tx, name):
            raise NotAllowedError(f"there is an inbox {name!r} already", "choose another name")
        made = new_id()
        key = name if kind == "webhook" else _form_key(session.secret, str(made))
        row = InboxRow(
            id=made,
            client_id=client_id,
            name=name,
            kind=kind,
            key_hash=_hash(kind, key),
            campaign=where.campaign or "",
            origins=" ".join(origins),
            an_hour=an_hour,
            by=work.actor.name,
            created_at=now(),
        )
        inboxes.add(work.tx, row)
        _log(work, row, "inbox added")
    if kind == "form":
        return AddedInbox(name, kind, f"/form/{key}", None)
    return AddedInbox(name, kind, f"/in/{name}", secret_of_inbox(session.secret, made))


def list_inboxes(session: Session, client: str) -> Sequence[InboxRow]:
    """List the inboxes of a client."""
    with session.read(Right.MANAGE) as work:
        return inboxes.of_client(work.tx, work.client(client))


def remove_inbox(session: Session, client: str, name: str) -> InboxRow:
    """Remove an inbox: its address answers no more."""
    with session.write(Right.MANAGE) as work:
        every = inboxes.of_client(work.tx, work.client(client))
        found = next((one for one in every if one.name == name), None)
        if found is None:
            raise NotFoundError(f"there is no inbox {name!r}", "see `sluice inbox list`")
        inboxes.remove(work.tx, found.id)
        _log(work, found, "inbox removed")
    return found


def receive_webhook(
    installation: Installation, name: str, headers: Mapping[str, str], body: bytes
) -> Received:
    """Record the signal of a signed message; a message that came before changes nothing."""
    row, client = _of_key(installation, "webhook", name)
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    session = installation.session(row.by, only_client=row.client_id)
    secret = secret_of_inbox(session.secret, row.id)
    signature = headers.get("webhook-signature", "")
    if not message_id or not is_signed(secret, message_id, sent, body, signature):
        raise NotAllowedError("the signature is wrong", "sign with the secret of this inbox")
    if not sent.isdecimal() or abs(now().timestamp() - int(sent[:12])) > _OFF.total_seconds():
        raise NotAllowedError("the message is too old or too new", "send it with the present time")
    return _take(session, row, client, message_id, _signal(body, message_id))


def receive_form(
    installation: Installation, key: str, origin: str, fields: Mapping[str, str]
) -> Received:
    """Record that somebody filled in a form of the client's site."""
    row, client = _of_key(installation, "form", key)
    if origin not in row.origins.split():
        raise NotAllowedError("this site may not send the form", "add it with --origin")
    if fields.get(TRAP):
        return Received(None)
    company = next((fields[one] for one in ("email", "website", "company") if fields.get(one)), "")
    if not company.strip():
        raise UsageError("the form names no company", "send email, website or company")
    told = json.dumps(sorted(fields.items()))
    message_id = sha256(f"{now():%Y-%m-%d} {told}".encode("utf-8", "replace")).hexdigest()
    signal = SignalToAdd(
        company=company,
        kind="form_submitted",
        channel="landing_page",
        external_id=message_id,
        inbound=True,
    )
    session = installation.session(row.by, only_client=row.client_id)
    return _take(session, row, client, message_id, signal)


def _take(
    session: Session, row: InboxRow, client: str, message_id: str, signal: SignalToAdd
) -> Received:
    with session.write(Right.WORK_QUEUE) as work:
        lately = inboxes.lately(work.tx, row.id)
        if lately.added >= row.an_hour or lately.messages >= row.an_hour * _MESSAGES:
            raise TooManyError("too much came in within an hour", "send it again later")
        if not inboxes.take(work.tx, row, message_id):
            return Received(None)
    try:
        added = add_signal(session, Where(client, row.campaign or None), signal)
    except Exception:
        with session.write(Right.WORK_QUEUE) as work:
            inboxes.forget(work.tx, row.id, message_id)
        raise
    if added.is_new:
        with session.write(Right.WORK_QUEUE) as work:
            inboxes.count_added(work.tx, row.id, message_id)
    return Received(added.company)


def _signal(body: bytes, message_id: str) -> SignalToAdd:
    """The signal of a message: `type` or `data.kind` is its kind."""
    try:
        told = json.loads(body)
        data: Mapping[str, Any] = told.get("data", told)
        kind = data.get("kind") or str(told["type"]).replace(".", "_")
        at = data.get("at") or told.get("timestamp")
        moment = datetime.fromisoformat(at) if at else None
        company = data.get("company") or data.get("domain") or data.get("email")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError(
            "the message is no signal", 'send {"type": "demo_requested", "data": {"company": …}}'
        ) from None
    if not isinstance(company, str) or (moment is not None and moment.tzinfo is None):
        raise UsageError("the message names no company, or its time no zone", "name them")
    return SignalToAdd(
        company=company, kind=str(kind), at=moment, external_id=message_id, inbound=True
    )


def _of_key(installation: Installation, kind: str, key: str) -> tuple[InboxRow, str]:
    with installation.store.read() as tx:
        found = inboxes.of_key(tx, _hash(kind, key))
    if found is None:
        raise NotFoundError("there is nothing at this address")
    return found


def _check(name: str, kind: str, origins: Sequence[str], an_hour: int) -> None:
    if kind not in _KINDS:
        raise UsageError(f"{kind!r} is no kind of inbox", f"one of {', '.join(_KINDS)}")
    if not name.isascii() or not name.replace("-", "").isalnum() or len(name) > 60:
        raise UsageError(f"{name!r} cannot name an inbox", "use letters, digits and dashes")
    if kind == "form" and not origins:
        raise UsageError("a form needs the site that it is on", "--origin https://nordwind.example")
    if an_hour < 1:
        raise UsageError(f"{an_hour} companies an hour is none", "at least 1")


def _form_key(secret: bytes, inbox_id: str) -> str:
    return digest(secret, f"form {inbox_id}".encode(), "sha256").hex()[:40]


def _hash(kind: str, key: str) -> str:
    return sha256(f"{kind} {key}".encode("utf-8", "replace")).hexdigest()


def _log(work: Transaction, row: InboxRow, verb: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="inbox",
        thing_id=row.id,
        client_id=row.client_id,
        who=work.actor.name,
        reason=row.name,
    )
    events.log(work.tx, [line])
