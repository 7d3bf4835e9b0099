"""A batch of crawl tasks: one crawl over many sites, whose results and finish are committed within
a second or so of their end, several sites at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing

import spiders.run
from leads.changes import Change
from leads.errors import ServiceDownError, SluiceError
from leads.store import Tx, opted_out_hosts, site_states
from leads.store.engine import NoRoomError
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from outreach.run.site_visits import owners_to_visit
from spiders.crawl import crawl
from spiders.gathering import Gathering
from spiders.limits import OWN_MACHINE
from spiders.opted_out import OptedOut
from spiders.site import SiteOutcome, SiteToCrawl
from workers.context import Context
from workers.giving_up import give_up
from workers.pipeline import follow


def crawl_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    """Visit the sites of a batch that are due, and those of tasks that come while slow sites are
    under way.

    When the crawl is asked to stop, the sites not reached go back to the ledger; when it fails,
    they wait with its error.
    """
    waiting = _finish_fresh(context, claimed)
    total = len(claimed)

    def more() -> list[SiteToCrawl]:
        nonlocal total
        further = context.claim_more(list(waiting.values()))
        due = _finish_fresh(context, further) if further else {}
        waiting.update(due)
        total += len(further)
        return spiders.run.to_crawl(context.store, list(due))

    def commit(outcomes: Sequence[SiteOutcome]) -> None:
        _commit(context, [(waiting[one.domain], one) for one in outcomes])
        for one in outcomes:
            del waiting[one.domain]
        _progress(context, total - len(waiting), total)

    gathering = Gathering(commit)

    def should_stop() -> bool:
        gathering.tick()
        return context.should_stop()

    try:
        with closing(gathering):
            ended = crawl(
                spiders.run.to_crawl(context.store, list(waiting)),
                limits=context.limits,
                user_agent=_user_agent(context),
                on_site=gathering.add,
                allowed=context.allowed,
                should_stop=should_stop,
                more=more,
                robots=context.robots,
                opted_out=_opted_out(context),
            )
    except (ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        give_up(context, list(waiting.values()), error)
        return
    except BaseException:
        _give_back(context, waiting)
        raise

    if ended.stopped:
        _give_back(context, waiting)
    elif waiting:
        silence = SluiceError("the crawl ended without a word about this site")
        give_up(context, list(waiting.values()), silence)


def _progress(context: Context, done: int, total: int) -> None:
    if context.progress:
        context.progress("visiting sites", done, total)


def _user_agent(context: Context) -> str:
    # Only tests and the demo allow hosts of this machine, and visit no others.
    return context.settings["user_agent"] or (OWN_MACHINE if context.allowed else "")


def _opted_out(context: Context) -> OptedOut:
    """The hosts that are left alone, as listed when the crawl begins: ten minutes of new sites."""
    with context.store.read() as tx:
        return OptedOut({one.host: one.reason for one in opted_out_hosts.every(tx)})


def _finish_fresh(context: Context, claimed: Sequence[Claimed]) -> dict[str, Claimed]:
    """Finish the tasks of sites that are not to be visited now; return the others by site.

    Pages may be fresh by now, and a company may be suppressed since its visit was asked for.
    """
    waiting = {one.key: one for one in claimed}
    with context.store.write() as tx:
        stale = set(site_states.stale(tx, list(waiting)))
        stale -= _unwanted(tx, stale)
        due = {site for site, one in waiting.items() if site in stale or one.priority == ledger.NOW}
        ledger.finish(tx, [waiting.pop(site) for site in list(waiting) if site not in due])
    return waiting


def _unwanted(tx: Tx, sites: Collection[str]) -> set[str]:
    """The sites of companies of which none may be contacted."""
    owners = facts.companies_with_sites(tx, sorted(sites))
    wanted = {site for site, _, _ in owners_to_visit(tx, owners)}
    return {site for site, _, _ in owners} - wanted


def _give_back(context: Context, waiting: Mapping[str, Claimed]) -> None:
    if waiting:
        with context.store.write() as tx:
            ledger.give_back(tx, list(waiting.values()))


def _commit(context: Context, ended: Sequence[tuple[Claimed, SiteOutcome]]) -> None:
    """Store the outcomes of sites and finish their tasks, in one transaction."""
    try:
        with context.store.write() as tx:
            # Other workers visit the sites of tasks that are lost; the others are still ours.
            own = ledger.finish(tx, [task for task, _ in ended])
            kept = [(task, outcome) for task, outcome in ended if task.id in own]
            changes = spiders.run.keep(tx, [outcome for _, outcome in kept])
            _follow(tx, zip((task for task, _ in kept), changes, strict=True))
    except (ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        # What one site brings must not end the visits to the others.
        if len(ended) == 1:
            give_up(context, [ended[0][0]], error)
            return
        for one in ended:
            _commit(context, [one])


def _follow(tx: Tx, changed: Iterable[tuple[Claimed, Sequence[Change]]]) -> None:
    """Ask for what follows, once for all tasks of a trace."""
    caused: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for task, changes in changed:
        caused.setdefault((task.trace_id, task.watchers), []).extend(changes)
    for (trace_id, watchers), changes in caused.items():
        follow(tx, changes, trace_id, watchers)
