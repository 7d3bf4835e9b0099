"""A batch of crawl tasks: one crawl over many sites, whose results and finish are committed within
a second or so of their end, several sites at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

import spiders.run
from leads.changes import Change
from leads.errors import ServiceDownError, SluiceError
from leads.store import Tx
from leads.store.engine import NoRoomError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from spiders.crawl import crawl
from spiders.gathering import Gathering
from spiders.site import SiteOutcome, SiteToCrawl
from workers import visiting
from workers.context import Context
from workers.dns_asker import dns_asker
from workers.giving_up import give_up
from workers.pipeline import follow
from workers.rendering import render_options
from workers.visiting import visitor_of


def crawl_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    """Visit the sites of a batch that are due, and those of tasks that come while slow sites are
    under way.

    When the crawl is asked to stop, the sites not reached go back to the ledger; when it fails,
    they wait with its error.
    """
    waiting = _finish_fresh(context, claimed)
    visitor = visitor_of(context)
    total = len(claimed)

    def more() -> list[SiteToCrawl]:
        nonlocal total
        further = context.claim_more(list(waiting.values()))
        total += len(further)
        return _taken_up(context, waiting, further)

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
                user_agent=visitor.user_agent,
                on_site=gathering.add,
                allowed=context.allowed,
                should_stop=should_stop,
                more=more,
                robots=context.robots,
                opted_out=visitor.opted_out,
                render=render_options(context.settings),
                ask_dns=dns_asker(context.settings, context.allowed),
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


def _taken_up(
    context: Context, waiting: dict[str, Claimed], further: Sequence[Claimed]
) -> list[SiteToCrawl]:
    """Add further tasks to those that wait, and return the sites of those that are due."""
    if not further:
        return []
    # Ours from here on: whatever fails now, they go back with the others.
    waiting.update({one.key: one for one in further})
    due = _finish_fresh(context, further)
    for one in further:
        if one.key not in due:
            del waiting[one.key]
    return spiders.run.to_crawl(context.store, list(due))


def _progress(context: Context, done: int, total: int) -> None:
    if context.progress:
        context.progress("visiting sites", done, total)


def _finish_fresh(context: Context, claimed: Sequence[Claimed]) -> dict[str, Claimed]:
    """Finish the tasks of sites that are not to be visited now; return the others by site.

    Pages may be fresh by now, and a company or the site itself may be suppressed since its visit was
    asked for.
    """
    waiting = {one.key: one for one in claimed}
    with context.store.write() as tx:
        due = visiting.due(
            tx,
            {one.key: one.client_id for one in claimed},
            at_once={one.key for one in claimed if one.priority == ledger.NOW},
            secret=context.secret,
        )
        ledger.finish(tx, [waiting.pop(site) for site in list(waiting) if site not in due])
    return waiting


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
            heeded = [
                [visiting.heeding(tx, one, context.secret) for one in some] for some in changes
            ]
            _follow(tx, zip((task for task, _ in kept), heeded, strict=True))
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
