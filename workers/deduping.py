"""A dedupe task: read, compare outside of transactions, and write what still holds."""

from __future__ import annotations

from uuid import UUID

from dedupe.run.planning import Plan, look, planned
from dedupe.run.settling import resolve, settle_rest, settle_share
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow

#: So many plans may be overtaken by changes; then one transaction does everything, and others wait.
_TRIES = 3


def dedupe_client(context: Context, task: Claimed) -> None:
    """Find the duplicates of one client; LostLeaseError when the task is no longer ours.

    Each transaction that writes is short and asks for what it causes. It is rolled back when a
    record or a decision came after the plan was made; then a new plan is made. What was committed
    before stays: whole companies, whose ids the new plan keeps.
    """
    client_id = UUID(task.key)
    for _ in range(_TRIES):
        with context.store.read() as tx:
            standing = look(tx, client_id)
        if _settled(context, task, client_id, planned(standing, context.progress)):
            return
    with context.store.write() as tx:
        changes = resolve(tx, client_id, context.progress)
        follow(tx, changes, task.trace_id, task.watchers)
        finish_or_lose(tx, [task])


def _settled(context: Context, task: Claimed, client_id: UUID, plan: Plan) -> bool:
    for at, share in enumerate(plan.shares):
        if context.progress:
            context.progress("writing companies", at, len(plan.shares))
        with context.store.write() as tx:
            changes = settle_share(tx, client_id, plan, share)
            if changes is None:
                return False
            follow(tx, changes, task.trace_id, task.watchers)
            if not ledger.extend(tx, [task], context.lease):
                raise LostLeaseError
    with context.store.write() as tx:
        changes = settle_rest(tx, client_id, plan)
        if changes is None:
            return False
        follow(tx, changes, task.trace_id, task.watchers)
        finish_or_lose(tx, [task])
    return True
