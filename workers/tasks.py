"""The work of each kind of task: results, follow-up tasks and the finish are one transaction; long
work takes several short ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from time import monotonic
from typing import Any

from leads.changes import Change
from leads.store import Tx
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.lost import finish_or_lose
from workers.pipeline import follow

Work = Callable[[Tx, Context, Sequence[Claimed]], list[Change]]

# The code of a kind is imported with its first task: an SDR's command, which mostly has none, starts
# in a fifth of the time.
_ASK = "workers.asking:ask_batch"
_CRAWL = "workers.crawling:crawl_batch"
_DEDUPE = "workers.deduping:dedupe_client"
_ENRICH = "workers.enriching:enrich_batch"
_FIND_SITE = "workers.finding:find_batch"
_WEBHOOK = "workers.delivering:deliver_batch"
#: The modules of every kind, for a process that imports them before it forks.
MODULES = (
    "workers.asking",
    "workers.crawling",
    "workers.deduping",
    "workers.delivering",
    "workers.enriching",
    "workers.finding",
    "workers.judging",
    "workers.placing",
    "workers.scoring",
)


def _function(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _qualify(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    changes: list[Change] = _function("workers.judging:qualify_companies")(tx, context, claimed)
    return changes


def _queue(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    changes: list[Change] = _function("workers.placing:place_companies")(tx, context, claimed)
    return changes


def _score(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    changes: list[Change] = _function("workers.scoring:score_companies")(tx, context, claimed)
    return changes


WORK: dict[str, Work] = {"qualify": _qualify, "queue": _queue, "score": _score}


def perform(context: Context, claimed: Sequence[Claimed]) -> None:
    """Do a batch of one kind; LostLeaseError, and nothing is kept, when another worker took some of
    it over.
    """
    began, kind = monotonic(), claimed[0].kind
    if kind == "crawl":
        _function(_CRAWL)(context, claimed)
    elif kind == "ask":
        _function(_ASK)(context, claimed)
    elif kind == "dedupe":
        for one in claimed:
            _function(_DEDUPE)(context, one)
    elif kind == "enrich":
        _function(_ENRICH)(context, _by_cause(claimed))
    elif kind == "find_site":
        _function(_FIND_SITE)(context, claimed)
    elif kind == "webhook":
        _function(_WEBHOOK)(context, claimed)
    else:
        with context.store.write() as tx:
            for (trace_id, watchers), some in _by_cause(claimed).items():
                changes = WORK[kind](tx, context, some)
                follow(tx, changes, trace_id, watchers)
            finish_or_lose(tx, claimed)

    took = round(monotonic() - began, 3)
    for (trace_id, _), some in _by_cause(claimed).items():
        context.log("done", kind=kind, tasks=len(some), seconds=took, trace_id=trace_id)


def _by_cause(
    claimed: Sequence[Claimed],
) -> dict[tuple[str, tuple[str, ...]], list[Claimed]]:
    """Tasks by trace and watchers: what they cause carries the same, so each group is done alone."""
    found: dict[tuple[str, tuple[str, ...]], list[Claimed]] = {}
    for one in claimed:
        found.setdefault((one.trace_id, one.watchers), []).append(one)
    return found
