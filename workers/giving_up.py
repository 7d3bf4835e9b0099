"""What becomes of tasks whose work raised an error."""

from __future__ import annotations

import random
import traceback
from collections.abc import Sequence

from leads.store.ledger import failures
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.host import this_host
from workers.retry import retry_decision


def give_up(context: Context, claimed: Sequence[Claimed], error: Exception) -> None:
    """Put tasks back to wait as their error demands, or declare them dead; what happened is kept as
    evidence.
    """
    said, trace = f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
    for one in claimed:
        # Where in its jitter a wait falls is no secret.
        wait = retry_decision(error, one.errors + 1, random.random()).wait  # noqa: S311
        with context.store.write() as tx:
            failures.fail(tx, [one], said, wait=wait, host=this_host(), trace=trace)
        context.log(
            "failed",
            kind=one.kind,
            key=one.key,
            error=said,
            again_in=wait and round(wait.total_seconds()),
            trace_id=one.trace_id,
        )
