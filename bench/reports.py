"""Time reports of a campaign of 100,000 companies on both databases.

python -m bench.reports [COMPANIES]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter, process_time

from actions.reports import Period, report
from actions.session import open_session
from actions.where import Where
from bench.made_campaign import seed
from tests.postgres import fresh_database, running_postgres


def measure(url: str, companies: int) -> str:
    """The time of the whole report on a fresh database."""
    os.environ["SLUICE_DATABASE_URL"] = url
    with open_session() as session:
        with session.store.write() as tx:
            seed(tx, "made", companies)
        began, cpu = perf_counter(), process_time()
        found = report(session, Where("made"), Period(), "list")
        seconds, used = perf_counter() - began, process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    leads = next(one.companies for one in found.whole.steps if one.step == "lead")
    kind = url.partition(":")[0]
    return (
        f"{kind}: {companies:,} companies, {leads:,} leads: {seconds:.1f} s,"
        f" {used:.1f} s CPU, {peak:.0f} MB"
    )


def main(companies: int) -> None:
    """Print one line for each kind of database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["SLUICE_HOME"] = str(folder)
        print(measure(f"sqlite:///{folder / 'sluice.db'}", companies), flush=True)
        server = stack.enter_context(running_postgres())
        print(measure(stack.enter_context(fresh_database(server)), companies), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
