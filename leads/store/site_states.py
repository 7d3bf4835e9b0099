"""What is known of each site: how its visits ended, and when it is due again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select, update

from leads.clock import now
from leads.store.engine import Tx, chunks
from leads.store.ledger.asking import in_state
from leads.store.many_rows import insert_many
from leads.store.schema import crawl, site, task
from leads.visit_outcomes import PASSING, Outcome
from leads.visits import SiteState, Visited, after, rested_on

_NAMES = tuple(one.name for one in fields(SiteState))
_STATE = select(*(site.c[name] for name in _NAMES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """The visits that a site did not answer since it fails."""

    #: How many, by outcome.
    outcomes: Mapping[str, int]
    first_at: datetime
    last_at: datetime

    @property
    def days(self) -> int:
        """Whole days between the first and the last."""
        return (self.last_at - self.first_at).days


def of(tx: Tx, name: str) -> SiteState | None:
    """The state of a site; None: it was never visited."""
    return among(tx, [name]).get(name)


def among(tx: Tx, names: Sequence[str]) -> dict[str, SiteState]:
    """The states of those of the sites that were visited."""
    found = {}
    for some in chunks(list(names)):
        for row in tx.execute(_STATE.where(site.c.site.in_(some))):
            found[row.site] = SiteState(**row._mapping)
    return found


def due_now(tx: Tx, name: str) -> None:
    """Make a site due, whatever its last visit said."""
    tx.execute(update(site).where(site.c.site == name).values(due_at=now()))


def note(tx: Tx, visits: Sequence[Visited]) -> None:
    """Note how visits to different sites ended, and when the sites are due again."""
    known = among(tx, [one.site for one in visits])
    added = []
    for visit in visits:
        before = known.get(visit.site)
        found = after(before, visit)
        values = {name: getattr(found, name) for name in _NAMES}
        if before is None:
            added.append(values)
        elif found is not before:
            tx.execute(update(site).where(site.c.site == visit.site).values(**values))
    insert_many(tx, site, {}, added)


def stale(tx: Tx, names: Sequence[str]) -> list[str]:
    """Those of the sites that an open question is a reason to visit now."""
    at, known = now(), among(tx, names)
    return [one for one in names if one not in known or known[one].is_stale(at)]


def resting(tx: Tx, names: Sequence[str]) -> dict[str, str]:
    """Those of the sites that are left alone for now, each with why: they fail, were stated dead, or
    asked for it.
    """
    at = now()
    known = {name: one for name, one in among(tx, names).items() if not one.is_due(at)}
    asked: set[str] = set()
    for some in chunks(list(known)):
        wanted = select(crawl.c.site).where(crawl.c.site.in_(some), crawl.c.not_before > at)
        asked.update(tx.execute(wanted).scalars())
    found = {}
    for name, state in known.items():
        until = f"not visited before {state.due_at:%Y-%m-%d %H:%M}"
        if state.dead_at is not None:
            found[name] = f"stated dead on {state.dead_at:%Y-%m-%d}, {until}"
        elif state.failed:
            found[name] = f"{state.outcome} at the last visit, {until}"
        elif name in asked or state.outcome == Outcome.ASKED_TO_WAIT:
            found[name] = f"the site asked for a rest, {until}"
    return found


def due(tx: Tx, limit: int) -> list[str]:
    """Sites whose time has come and that no task will visit, the most overdue first."""
    waits = exists().where(
        task.c.kind == "crawl",
        task.c.key == site.c.site,
        in_state("pending", "running", "dead", "quarantined"),
    )
    wanted = select(site.c.site).where(site.c.due_at <= now(), ~waits)
    return list(tx.execute(wanted.order_by(site.c.due_at).limit(limit)).scalars())


def rest_on(tx: Tx, ages: Mapping[str, timedelta]) -> None:
    """Note how old the facts of sites may be for verdicts that rest on them."""
    at = now()
    for name, state in sorted(among(tx, list(ages)).items()):
        found = rested_on(state, ages[name], at)
        if found is not state:
            noted = {"age_days": found.age_days, "age_at": at, "due_at": found.due_at}
            tx.execute(update(site).where(site.c.site == name).values(noted))


def put_off(tx: Tx, names: Sequence[str], until: datetime) -> None:
    """Make sites due at a later moment: nobody wants them visited now."""
    for some in chunks(list(names)):
        tx.execute(update(site).where(site.c.site.in_(some)).values(due_at=until))


def dead(tx: Tx, after_site: str = "", limit: int = 100) -> list[SiteState]:
    """Sites that were stated dead, by name."""
    wanted = _STATE.where(site.c.dead_at.is_not(None), site.c.site > after_site)
    rows = tx.execute(wanted.order_by(site.c.site).limit(limit))
    return [SiteState(**row._mapping) for row in rows]


def counts(tx: Tx) -> dict[str, int]:
    """How many sites there are: in all, failing, dead, and due."""
    row = tx.execute(
        select(
            func.count().label("sites"),
            _count(site.c.failed > 0, site.c.dead_at.is_(None)).label("failing"),
            _count(site.c.dead_at.is_not(None)).label("dead"),
            _count(site.c.due_at <= now()).label("due"),
        ).select_from(site)
    ).one()
    return {name: int(count) for name, count in row._mapping.items()}


def outcomes(tx: Tx, since: datetime | None = None) -> dict[str, int]:
    """How the newest visit to each site ended, counted; of those visited since then."""
    counted = select(site.c.outcome, func.count()).group_by(site.c.outcome)
    if since is not None:
        counted = counted.where(site.c.last_at >= since)
    return {outcome: int(count) for outcome, count in sorted(tx.execute(counted))}


def _count(*such: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(*such)


def attempts(tx: Tx, state: SiteState) -> Attempts | None:
    """The evidence that a site fails: its visits since then; None: it answers."""
    if state.failing_since is None:
        return None
    since = select(crawl.c.outcome, func.count(), func.min(crawl.c.started_at)).where(
        crawl.c.site == state.site,
        crawl.c.started_at >= state.failing_since,
        crawl.c.outcome.in_(sorted(PASSING)),
        crawl.c.not_before.is_(None),
    )
    rows = tx.execute(since.group_by(crawl.c.outcome).order_by(crawl.c.outcome)).all()
    outcomes = {outcome: int(count) for outcome, count, _ in rows}
    return Attempts(outcomes=outcomes, first_at=state.failing_since, last_at=state.last_at)
