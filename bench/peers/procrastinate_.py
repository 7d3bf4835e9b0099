"""procrastinate on a no-op: time to defer jobs, and worker cost per job.

    python procrastinate_.py DSN JOBS

Prints JSON: seconds to defer, CPU milliseconds of the worker per job. Creates its schema in the
database DSN.
"""

from __future__ import annotations

import json
import sys
import time

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

dsn, jobs = sys.argv[1], int(sys.argv[2])
deferring = App(connector=SyncPsycopgConnector(conninfo=dsn))


@deferring.task(name="nothing", queue="bench")  # type: ignore[untyped-decorator]
def nothing(number: int) -> None:
    """Do nothing."""


with deferring.open():
    deferring.schema_manager.apply_schema()
    began = time.monotonic()
    for start in range(0, jobs, 1_000):
        nothing.batch_defer(
            *[{"number": number} for number in range(start, min(start + 1_000, jobs))]
        )
    deferred = time.monotonic() - began

working = App(connector=PsycopgConnector(conninfo=dsn))
working.task(name="nothing", queue="bench")(nothing.func)
before = time.process_time()
working.run_worker(
    queues=["bench"], wait=False, concurrency=1, install_signal_handlers=False, delete_jobs="always"
)
print(json.dumps({"defer_seconds": deferred, "ms": (time.process_time() - before) / jobs * 1000}))
