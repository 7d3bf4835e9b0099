"""Find what nobody works on: leases that ended, queue entries that are gone, and what is due by
date. One sweeper is active at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from leads.errors import SluiceError, UsageError
from leads.migrations import HEAD
from leads.store import Tx, retention
from leads.store.ledger import crews, failures
from leads.store.ledger.crews import MAX_SKEW, Said
from leads.store.ledger.failures import CRASHED
from leads.store.ledger.tasks import CODE_VERSION, ask
from leads.store.migrate import version
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import alive, this_host
from workers.pipeline import due_again, revisit

#: How long the duty to sweep stays with a process of another machine that says nothing: another one
#: takes over after that.
DUTY = timedelta(seconds=10)
#: How often what is due by date is looked for.
SCHEDULE = timedelta(seconds=60)
#: How much of it is asked for at a time.
SOME = 1_000


class OtherVersionError(UsageError):
    """Another version of Sluice works on this database."""


def admit(context: Context, host: str) -> float:
    """The clock's skew in seconds, when this machine may work here.

    OtherVersionError when the tables or a living supervisor are of another version; SluiceError
    when the clock is off.
    """
    found = version(context.store)
    if found != HEAD:
        raise OtherVersionError(
            f"the database is at version {found}, this Sluice needs {HEAD}",
            "stop here; run the version that fits",
        )
    with context.store.read() as tx:
        off, others = (
            crews.skew(tx),
            [
                one
                for one in crews.present(tx)
                if one["host"] != host and one["version"] != CODE_VERSION
            ],
        )
    if others and alive(others[0]["host"]):
        there = f"{others[0]['host'].partition(':')[0]} runs Sluice {others[0]['version']}"
        raise OtherVersionError(
            f"{there} on this database, this is {CODE_VERSION}",
            "stop one of them: two versions do not share a ledger",
        )
    if abs(off) > MAX_SKEW:
        raise SluiceError(
            f"this machine's clock is {abs(off):,.0f} s {'ahead of' if off > 0 else 'behind'} the"
            " database's",
            "set the clock (timedatectl set-ntp true): leases rest on it, so nothing is claimed"
            " here until then",
        )
    return off


def sweep(
    context: Context, told: Callable[[str], None], why: Callable[[str], str] = lambda _host: CRASHED
) -> bool:
    """Put right what is wrong, unless another process has the duty; whether it was this one."""
    host = this_host()
    with context.store.write() as tx:
        if not crews.take_duty(tx, "sweep", host, DUTY, alive):
            return False
    with context.store.write() as tx:
        back = failures.reclaim(tx, alive, why)
    if back:
        told(f"{back} tasks of dead workers wait again")
    with context.store.write() as tx:
        if crews.is_due(tx, "schedule", host, SCHEDULE):
            _ask_for_what_is_due(tx, context)
    dispatch(context)
    return True


def _ask_for_what_is_due(tx: Tx, context: Context) -> None:
    ask(tx, revisit(tx, retention.sites_due(tx, SOME)), context.trace_id)
    if crews.is_due(tx, "verdicts", this_host(), timedelta(days=1)):
        ask(tx, due_again(retention.verdicts_due(tx, SOME * 100)), context.trace_id)
    if crews.is_due(tx, "retention", this_host(), timedelta(hours=1)):
        retention.forget_old_pages(tx)
        retention.forget_old_failures(tx)


def report(context: Context, said: Said) -> None:
    """Let others see this supervisor."""
    with context.store.write() as tx:
        crews.say(tx, said)
