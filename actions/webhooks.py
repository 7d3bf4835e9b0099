"""Add, list, remove and test webhooks: addresses that receive what happens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.session import Session, Transaction
from leads.clock import now
from leads.errors import NotFoundError, ServiceDownError, UsageError
from leads.ids import new_id
from leads.store import webhooks
from leads.store.webhooks import TYPES, WebhookRow
from workers.signing import headers, secret_of_webhook
from workers.webhook import check_address, send

__all__ = ["AddedWebhook", "WebhookRow", "add", "list_all", "remove", "send_test"]

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class AddedWebhook:
    """A new webhook; its secret is shown this once."""

    id: UUID
    url: str
    secret: str


def add(session: Session, client: str, url: str, types: Sequence[str]) -> AddedWebhook:
    """Add an address; UsageError when it is not a public https address."""
    known = sorted(set(TYPES.values()))
    for one in types:
        if one not in known:
            raise UsageError(f"there is no message {one!r}", f"one of {', '.join(known)}")
    if not url.startswith("https://") or len(url) > _LONGEST:
        raise UsageError(f"{url[:80]!r} is not an https address", "write https://…")
    check_address(url, session.context().allowed)

    with session.write(Right.MANAGE) as work:
        client_id = work.client(client)
        if any(one.url == url for one in webhooks.of_client(work.tx, client_id)):
            raise UsageError(f"{url} is a webhook of this client", "see `sluice webhook list`")
        made = webhooks.add(work.tx, client_id, url, types, work.actor.name)
    return AddedWebhook(made, url, secret_of_webhook(session.secret, made))


def list_all(session: Session, client: str) -> list[WebhookRow]:
    """List the webhooks of a client."""
    with session.read(Right.MANAGE) as work:
        return webhooks.of_client(work.tx, work.client(client))


def remove(session: Session, client: str, webhook: str) -> str:
    """Remove a webhook with the messages that wait for it; its address."""
    with session.write(Right.MANAGE) as work:
        found = _find(work, client, webhook)
        webhooks.remove(work.tx, found.client_id, found.id)
    return found.url


def send_test(session: Session, client: str, webhook: str) -> int:
    """Send a test message now; the HTTP status. ServiceDownError when it is not accepted."""
    with session.read(Right.MANAGE) as work:
        found = _find(work, client, webhook)
    at = now()
    body = json.dumps({"type": "webhook.test", "timestamp": at.isoformat(), "data": {}})
    secret = secret_of_webhook(session.secret, found.id)
    signed = headers(secret, f"msg_{new_id().hex}", int(at.timestamp()), body)
    status = send(found.url, body, signed, session.context().allowed)
    if not 200 <= status < 300:
        said = f"answered {status}" if status else "does not answer"
        raise ServiceDownError(f"{found.url} {said}", "check the address and its program")
    return status


def _find(work: Transaction, client: str, webhook: str) -> WebhookRow:
    client_id = work.client(client)
    for one in webhooks.of_client(work.tx, client_id):
        if webhook in (str(one.id), one.url):
            return one
    raise NotFoundError(f"there is no webhook {webhook!r}", "see `sluice webhook list`")
