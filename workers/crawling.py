"""A batch of crawl tasks: one crawl over many sites, each site's results and finish committed as it
ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import spiders.run
from leads.errors import ServiceDownError, SluiceError
from leads.store.engine import NoRoomError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from spiders.crawl import crawl
from spiders.site import SiteOutcome, SiteToCrawl
from workers import visiting
from workers.context import Context
from workers.giving_up import give_up
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow
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
        due = _finish_fresh(context, further) if further else {}
        waiting.update(due)
        total += len(further)
        return spiders.run.to_crawl(context.store, list(due))

    def on_site(outcome: SiteOutcome) -> None:
        _commit(context, waiting.pop(outcome.domain), outcome)
        if context.progress:
            context.progress("visiting sites", total - len(waiting), total)

    try:
        ended = crawl(
            spiders.run.to_crawl(context.store, list(waiting)),
            limits=context.limits,
            user_agent=visitor.user_agent,
            on_site=on_site,
            allowed=context.allowed,
            should_stop=context.should_stop,
            more=more,
            robots=context.robots,
            opted_out=visitor.opted_out,
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


def _commit(context: Context, task: Claimed, outcome: SiteOutcome) -> None:
    try:
        with context.store.write() as tx:
            changes = spiders.run.keep(tx, outcome)
            follow(tx, changes, task.trace_id, task.watchers)
            finish_or_lose(tx, [task])
    except LostLeaseError:
        # Another worker visits this site now; the rest of the batch is still ours.
        return
    except (ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        # What one site brings must not end the visits to the others.
        give_up(context, [task], error)
