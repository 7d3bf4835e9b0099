"""The work of one run that asks sources, with what it puts off for some seconds."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from leads.clock import now
from leads.store.ledger import tasks as ledger
from leads.store.spending.budgets import Budget
from workers.context import Context
from workers.inline import work_off_own
from workers.own_work import WorkedOff

#: What is put off for longer is left to another run.
_LONGEST = timedelta(seconds=10)
#: Seconds that a run waits in all: what others began may never end.
_PATIENCE = 180.0
_STEP = 0.1


def work_off_asking(context: Context, budget: Budget) -> WorkedOff:
    """Work off the tasks of a run and what they cause, those included that ask again soon: while
    another client asks the same, or while limits leave no turn.
    """
    done, waited = 0, 0.0
    before: datetime | None = None
    while True:
        ended = work_off_own(context, client_id=budget.client_id)
        done += ended.done
        with context.store.read() as tx:
            due = ledger.next_due(tx, "ask", f"{budget.id}:")
        # What is due and was not done is paused.
        if due is None or due == before or due > now() + _LONGEST or waited > _PATIENCE:
            return replace(ended, done=done)
        before = due
        if context.progress:
            context.progress("waiting to ask again", 0, 0)
        while now() < due and not context.should_stop():
            time.sleep(_STEP)
            waited += _STEP
