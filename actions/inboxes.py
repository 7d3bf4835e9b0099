"""Add, list, show, rotate and remove inboxes: addresses that take in messages and forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.actor import Right
from actions.inbox_rules import check_name, checked_rules
from actions.inbox_secrets import new_key, seal
from actions.lifetimes import stated_duration
from actions.session import Session, Transaction
from actions.where import Where
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.inboxes import WEBHOOK, Delivery, Inbox, InboxRules, Turned
from leads.store import events, inbox_messages, inboxes, scope
from workers.verifying import LONGEST_SECRET, SHORTEST_SECRET, secret_bytes, secret_text

__all__ = [
    "AddedInbox",
    "Delivery",
    "Inbox",
    "InboxRules",
    "ShownInbox",
    "Turned",
    "add_inbox",
    "list_inboxes",
    "path_of",
    "remove_inbox",
    "rotate_secret",
    "show_inbox",
]

#: How long the secret before is accepted, unless the user says otherwise, and at most.
_OVERLAP, _LONGEST_OVERLAP = "24h", timedelta(days=30)
#: Reasons that are shown for what was turned away.
_TURNED = 50


@dataclass(frozen=True, slots=True)
class AddedInbox:
    """An inbox with a new secret; it is shown this once, and forms have none."""

    inbox: Inbox
    secret: str | None


@dataclass(frozen=True, slots=True)
class ShownInbox:
    """An inbox with what came in last, the newest first."""

    inbox: Inbox
    deliveries: Sequence[Delivery]
    turned: Sequence[Turned]


def path_of(inbox: Inbox) -> str:
    """The path of an inbox on this server."""
    return f"/{'in' if inbox.kind == WEBHOOK else 'form'}/{inbox.name}"


def add_inbox(
    session: Session, where: Where, name: str, kind: str, rules: InboxRules, secret: str = ""
) -> AddedInbox:
    """Add an inbox for a campaign that acts with the rights of the actor.

    `secret`: the one that the sender made; by default one is made here.
    """
    check_name(name)
    rules = checked_rules(kind, rules)
    key = _key(secret) if kind == WEBHOOK else b""
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        with scope.every_client(work.tx):
            # A name is of one inbox, whosever it is: it is the address.
            is_taken = inboxes.is_taken(work.tx, name)
        if is_taken:
            raise NotAllowedError(f"the name {name!r} is taken", "choose another name")
        made = Inbox(
            id=new_id(),
            client_id=client_id,
            campaign_id=campaign_id,
            name=name,
            kind=kind,
            rules=rules,
            secret=seal(session.secret, key) if key else "",
            secret_before="",
            before_until=None,
            by=work.actor.name,
            created_at=now(),
        )
        inboxes.add(work.tx, made)
        _log(work, made, "inbox added")
    return AddedInbox(made, secret_text(key) if key and not secret else None)


def list_inboxes(session: Session, client: str) -> Sequence[Inbox]:
    """List the inboxes of a client by name."""
    with session.read(Right.MANAGE) as work:
        return inboxes.of_client(work.tx, work.client(client))


def show_inbox(
    session: Session,
    client: str,
    name: str,
    *,
    after: tuple[datetime, str] | None = None,
    size: int = 50,
) -> ShownInbox:
    """Show an inbox with its last messages, from behind one on."""
    with session.read(Right.MANAGE) as work:
        found = _find(work, client, name)
        return ShownInbox(
            found,
            inbox_messages.page(work.tx, found.client_id, found.id, after, size),
            inbox_messages.refusals(work.tx, found.client_id, found.id, _TURNED),
        )


def rotate_secret(
    session: Session, client: str, name: str, *, overlap: str = _OVERLAP, secret: str = ""
) -> AddedInbox:
    """Give a webhook another secret; the one before is accepted for a while."""
    until = now() + _overlap(overlap)
    key = _key(secret)
    with session.write(Right.MANAGE) as work:
        found = _find(work, client, name)
        if found.kind != WEBHOOK:
            raise UsageError("a form has no secret", "remove it and add it under another name")
        sealed = seal(session.secret, key)
        inboxes.change_secret(work.tx, found.id, sealed, found.secret, until)
        _log(work, found, "inbox secret changed")
    changed = replace(found, secret=sealed, secret_before=found.secret, before_until=until)
    return AddedInbox(changed, None if secret else secret_text(key))


def remove_inbox(session: Session, client: str, name: str, *, dry_run: bool = False) -> Inbox:
    """Remove an inbox: nothing is taken at its address any more. What came in stays."""
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        found = _find(work, client, name)
        inboxes.remove(work.tx, found.id)
        _log(work, found, "inbox removed")
    return found


def _key(secret: str) -> bytes:
    if not secret:
        return new_key()
    found = secret_bytes(secret)
    if found is None:
        raise UsageError(
            "this is no secret of the Standard Webhooks scheme",
            f"whsec_ and {SHORTEST_SECRET} to {LONGEST_SECRET} bytes in base64",
        )
    return found


def _overlap(text: str) -> timedelta:
    if text == "0":
        return timedelta()
    found = stated_duration(text, "such as 24h, or 0 for none")
    if found > _LONGEST_OVERLAP:
        raise UsageError(f"{text} is too long", "at most 30d")
    return found


def _find(work: Transaction, client: str, name: str) -> Inbox:
    for one in inboxes.of_client(work.tx, work.client(client)):
        if one.name == name:
            return one
    raise NotFoundError(f"there is no inbox {name[:80]!r}", "see `sluice inbox list`")


def _log(work: Transaction, inbox: Inbox, verb: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="inbox",
        thing_id=inbox.id,
        client_id=inbox.client_id,
        who=work.actor.name,
        reason=inbox.name,
    )
    events.log(work.tx, [line])
