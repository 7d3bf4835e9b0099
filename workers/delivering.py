"""Deliver messages to webhooks: signed, retried over days, never inside a private network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from leads.clock import now
from leads.errors import SluiceError
from leads.store import Tx, webhooks
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.webhooks import MessageRow
from workers.context import Context
from workers.lost import LostLeaseError, finish_or_lose
from workers.signing import headers, secret_of_webhook
from workers.webhook import send

#: Waits after each attempt that failed; after the last one the message is given up.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
GONE = 410


def deliver_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    """Deliver the messages of a batch, each with a transaction of its own."""
    for one in claimed:
        with context.store.read() as tx:
            found = webhooks.message(tx, UUID(one.key))
        # No transaction is open while another machine answers.
        status, error = _attempt(context, found) if found and not found.disabled_at else (0, "")
        try:
            with context.store.write() as tx:
                if found:
                    _settle(tx, one, found, status, error)
                finish_or_lose(tx, [one])
        except LostLeaseError:
            # Another worker delivers it now; receivers know a repeated message by its id.
            continue


def _attempt(context: Context, found: MessageRow) -> tuple[int, str]:
    """The HTTP status, 0 without an answer, and what was wrong; empty: it was accepted."""
    secret = secret_of_webhook(context.secret, found.webhook_id)
    signed = headers(secret, f"msg_{found.id.hex}", int(now().timestamp()), found.body)
    try:
        status = send(found.url, found.body, signed, context.allowed)
    except SluiceError as error:
        return 0, error.message
    if 200 <= status < 300:
        return status, ""
    return status, f"it answered {status}" if status else "it does not answer"


def _settle(tx: Tx, task: Claimed, found: MessageRow, status: int, error: str) -> None:
    webhooks.tell(tx, found.webhook_id, error)
    if found.disabled_at or not error:
        webhooks.drop(tx, found.id)
    elif status == GONE:
        webhooks.disable(tx, found.webhook_id)
    elif found.attempts >= len(WAITS):
        webhooks.drop(tx, found.id)
        webhooks.tell(tx, found.webhook_id, f"{error}: a message was given up after days")
    else:
        webhooks.count_attempt(tx, found.id)
        again = Wanted(
            kind=task.kind,
            key=task.key,
            queue="crawl",
            client_id=found.client_id,
            not_before=now() + WAITS[found.attempts],
        )
        ledger.ask(tx, [again], task.trace_id)
