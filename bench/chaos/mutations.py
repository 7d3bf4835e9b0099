"""Five ways to break the code that the checker must detect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from rq import Queue
from sqlalchemy import ColumnElement

import workers.inline
import workers.roles
import workers.tasks
from leads.store.ledger import held
from leads.store.ledger.tasks import Claimed
from leads.store.schema import task
from workers.context import Context
from workers.lost import finish_or_lose
from workers.pipeline import KINDS, follow
from workers.rq_worker import OwnQueue

#: Each with the step and the failure that reveal it.
MUTATIONS = {
    "no fence": ("before-commit", "pause"),
    "no outbox": ("between", "worker"),
    "no sweeper": ("before-commit", "worker"),
    "blocking pop over two queues": ("after-pop", "worker"),
    "finish outside the transaction": ("between", "worker"),
}


def apply(name: str) -> None:
    """Break the code of this process in the named way; do nothing for an empty name."""
    if name:
        ways: dict[str, Callable[[], None]] = {
            "no fence": _no_fence,
            "no outbox": partial(_perform, _no_outbox),
            "no sweeper": _no_sweeper,
            "blocking pop over two queues": _blocking_pop,
            "finish outside the transaction": partial(_perform, _finish_outside),
        }
        ways[name]()


def _no_fence() -> None:
    def ours(claimed: Sequence[Claimed]) -> Iterator[ColumnElement[bool]]:
        yield task.c.id.in_([one.id for one in claimed])

    assert callable(held._ours)
    vars(held).update(_ours=ours)


def _no_sweeper() -> None:
    from workers.dispatch import _hand_over

    def sweep(context: Context, *_: Any) -> bool:
        for kind in KINDS:
            _hand_over(context, kind)
        return True

    vars(workers.roles).update(sweep=sweep)


def _blocking_pop() -> None:
    OwnQueue.dequeue_any = Queue.dequeue_any  # type: ignore[method-assign]


def _perform(broken: Any) -> None:
    whole = workers.tasks.perform

    def perform(context: Context, claimed: Sequence[Claimed]) -> None:
        (whole if claimed[0].kind != "qualify" else broken)(context, claimed)

    vars(workers.inline).update(perform=perform)


def _no_outbox(context: Context, claimed: Sequence[Claimed]) -> None:
    from bench.chaos.crew import moment

    with context.store.write() as tx:
        changes = workers.tasks.WORK[claimed[0].kind](tx, context, claimed)
        finish_or_lose(tx, claimed)
    moment("between")
    with context.store.write() as tx:
        follow(tx, changes)


def _finish_outside(context: Context, claimed: Sequence[Claimed]) -> None:
    from bench.chaos.crew import moment

    with context.store.write() as tx:
        changes = workers.tasks.WORK[claimed[0].kind](tx, context, claimed)
        follow(tx, changes)
    moment("between")
    with context.store.write() as tx:
        finish_or_lose(tx, claimed)
