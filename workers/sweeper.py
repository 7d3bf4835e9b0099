"""Recover tasks whose lease expired or whose queue entry was lost, ask for what is due by date, and
delete old rows. One sweeper is active at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from leads.clock import now
from leads.errors import SluiceError, UsageError
from leads.migrations import HEAD
from leads.store import Tx, company_changes, name_look_ups, retention, scores, site_states
from leads.store.ledger import crews, failures, pruning, watches
from leads.store.ledger.crews import MAX_SKEW
from leads.store.ledger.failures import CRASHED
from leads.store.ledger.tasks import CODE_VERSION, ask
from leads.store.migrate import version
from leads.store.spending import budgets, turns, unsettled
from outreach.run import holidays
from outreach.run.lifting import lift_expired
from qualify.run.kept.manifest import clients_in
from sources.run.giving_up import give_up_abandoned
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import alive, this_host
from workers.later_tasks import cooled, due_again, revisit
from workers.page_keeping import keep_pages_small
from workers.pipeline import follow

#: A process keeps the duty to sweep for this long; a silent process on another machine loses it.
DUTY = timedelta(seconds=10)
#: Time between two looks for what is due by date.
SCHEDULE = timedelta(seconds=60)
#: How many sites are asked for at a time.
BATCH = 1_000
#: How many expired verdicts are asked for at a time.
VERDICT_BATCH = 100_000
#: How many done tasks one transaction deletes, and how many transactions one sweep makes.
PRUNE_BATCH, PRUNE_BATCHES = 1_000, 20
#: How long it is kept which companies changed.
KEEP_CHANGES = timedelta(days=30)


#: A site that is due and that no client may visit is looked at again after this time.
NOT_WANTED = timedelta(days=7)
#: How many batches of pages one sweep drops.
PAGE_BATCHES = 20
#: Holidays of one area and year that one look renews: each may take half a second.
HOLIDAYS_AT_ONCE = 4


class OtherVersionError(UsageError):
    """Another version of Sluice works on this database."""


def admit(context: Context, host: str) -> float:
    """Check that this machine may work here; the skew of its clock in seconds.

    OtherVersionError when the tables or a living supervisor are of another version; SluiceError
    when the clock is wrong.
    """
    found = version(context.store)
    if found != HEAD:
        raise OtherVersionError(
            f"the database is at version {found}, this Sluice needs {HEAD}",
            "run the version that fits the database",
        )
    with context.store.read() as tx:
        skew, supervisors = crews.skew(tx), crews.present(tx)

    others = [one for one in supervisors if one.host != host and one.version != CODE_VERSION]
    if others and alive(others[0].host):
        there = f"{others[0].host.partition(':')[0]} runs Sluice {others[0].version}"
        raise OtherVersionError(
            f"{there} on this database, this is {CODE_VERSION}",
            "stop one of them: two versions cannot share a ledger",
        )
    if abs(skew) > MAX_SKEW:
        side = "ahead of" if skew > 0 else "behind"
        raise SluiceError(
            f"this machine's clock is {abs(skew):,.0f} s {side} the database's",
            "set the clock (timedatectl set-ntp true): leases depend on it, so this machine claims"
            " no task until then",
        )
    return skew


def sweep(
    context: Context,
    notify: Callable[[str], None],
    why: Callable[[str], str] = lambda _host: CRASHED,
) -> bool:
    """Sweep once; False when another process has the duty."""
    host = this_host()
    with context.store.write() as tx:
        if not crews.take_duty(tx, "sweep", host, DUTY, alive):
            return False
    with context.store.write() as tx:
        back = failures.reclaim(tx, alive, why)
    if back:
        notify(f"{back} tasks of dead workers wait again")
    with context.store.write() as tx:
        due = crews.is_due(tx, "schedule", host, SCHEDULE)
        if due:
            _ask_for_what_is_due(tx, context)
    if due:
        _prune(context)
        _drop_pages(context)
        _renew_holidays(context)
        _drop_look_ups(context)
    dispatch(context)
    return True


def _ask_for_what_is_due(tx: Tx, context: Context) -> None:
    follow(tx, lift_expired(tx, context.secret), context.trace_id)
    ask(tx, cooled(scores.due(tx, now(), BATCH)), context.trace_id)
    _ask_for_visits(tx, context)
    if crews.is_due(tx, "verdicts", this_host(), timedelta(days=1)):
        ask(tx, due_again(retention.verdicts_due(tx, VERDICT_BATCH)), context.trace_id)
    budgets.end_idle_runs(tx)
    released, unclear = give_up_abandoned(tx)
    if released or unclear:
        context.log("questions_given_up", released=released, unclear=unclear)
    if crews.is_due(tx, "retention", this_host(), timedelta(hours=1)):
        retention.forget_old_failures(tx)


def _ask_for_visits(tx: Tx, context: Context) -> None:
    """Ask for visits to the sites that are due; those that nobody wants hold up no others."""
    due = site_states.due(tx, BATCH)
    wanted = revisit(tx, due)
    ask(tx, wanted, context.trace_id)
    keys = {one.key for one in wanted}
    site_states.put_off(tx, [one for one in due if one not in keys], now() + NOT_WANTED)


def _renew_holidays(context: Context) -> None:
    """Look up the holidays that claims will need soon: a claim would wait for them."""
    with context.store.read() as tx:
        wanted = holidays.due(tx, HOLIDAYS_AT_ONCE)
    if wanted:
        found = holidays.renew(wanted)
        with context.store.write() as tx:
            holidays.keep(tx, found)


def _drop_pages(context: Context) -> None:
    """Drop pages that are too old or too many, once an hour."""
    with context.store.write() as tx:
        if not crews.is_due(tx, "pages", this_host(), timedelta(hours=1)):
            return
    keep_pages_small(context.store.write, context.settings, most_batches=PAGE_BATCHES)


def _drop_look_ups(context: Context) -> None:
    """Drop look-ups and turns that hold no longer, once an hour, in short transactions."""
    with context.store.write() as tx:
        if not crews.is_due(tx, "look-ups", this_host(), timedelta(hours=1)):
            return
    for _ in range(PRUNE_BATCHES):
        with context.store.write() as tx:
            dropped = name_look_ups.drop_old_look_ups(tx, PRUNE_BATCH)
            dropped += turns.drop_old_turns(tx, PRUNE_BATCH)
            dropped += unsettled.drop_old_answers(tx, PRUNE_BATCH)
        if dropped < PRUNE_BATCH:
            return


def _prune(context: Context) -> None:
    """Delete done tasks that are older than the setting, in short transactions."""
    with context.store.write() as tx:
        watches.drop_closed(tx)
        company_changes.prune(tx, now() - KEEP_CHANGES)
    home = context.settings.home
    if kept := clients_in(home):
        # Imported here: it loads NumPy, and most sweepers keep no columns.
        import_module("qualify.run.kept.columns").purge_outdated(context.store, home, kept)
    before = now() - timedelta(days=context.settings.keep_tasks_days)
    for _ in range(PRUNE_BATCHES):
        with context.store.write() as tx:
            deleted = pruning.prune_done(tx, before, PRUNE_BATCH)
        if deleted < PRUNE_BATCH:
            return
