"""Time backtests of a campaign with many outcomes.

python -m bench.backtests [OUTCOMES]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from actions.backtests import backtest_scoring
from actions.icp_backtests import backtest_icp
from actions.session import open_session
from actions.where import Where
from engage.backtest.closed import Goal
from leads.ids import new_id
from leads.store import Tx, campaigns, clients
from leads.store.engine import chunks
from leads.store.schema import icp_version, verdict
from tests.made_outcomes import START, Made, add

SEED = Path(__file__).parent.parent / "examples" / "scoring" / "seed.yaml"
KINDS = ("email_opened", "price_page_visited", "welcome_email_clicked", "quote_requested")
CRITERIA = ("country", "industry", "employees", "erp", "website", "age")


def made(count: int) -> list[Made]:
    """Companies with five signals each, a fifth of them won."""
    chance = Random(3)
    return [
        Made(
            state="lead" if chance.random() < 0.2 else "lost",
            days=60 + chance.random() * 30,
            signals=tuple((chance.choice(KINDS), chance.random() * 60 - 5) for _ in range(5)),
        )
        for _ in range(count)
    ]


def fill(count: int) -> None:
    """Store the companies, each with a verdict."""
    with open_session() as session, session.store.write() as tx:
        client_id = clients.client_to_change(tx, "default").id
        campaign_id = campaigns.campaign_of(tx, client_id, "bench", make=True).id
        ids = add(tx, client_id, campaign_id, made(count))
        _verdicts(tx, client_id, campaign_id, ids)


def _verdicts(tx: Tx, client_id: UUID, campaign_id: UUID, ids: list[UUID]) -> None:
    chance, icp_id = Random(4), new_id()
    row = {"id": icp_id, "client_id": client_id, "name": "bench", "version": 1}
    more = {"content": "", "content_hash": "", "created_at": START}
    tx.execute(icp_version.insert(), [row | more])
    for some in chunks(ids, 1_000):
        rows: list[dict[str, Any]] = [
            {
                "id": new_id(),
                "client_id": client_id,
                "campaign_id": campaign_id,
                "company_id": one,
                "icp_version_id": icp_id,
                "verdict": "fit",
                "fit_stage": "prospect",
                "score_worst": chance.randrange(101),
                "score_best": 100,
                "answers": [_answer(name, chance) for name in CRITERIA],
                "decides": [],
                "waits_for": [],
                "fact_ids": [],
                "today": START.date(),
                "versions": {},
                "decided_at": START - timedelta(days=1),
            }
            for one in some
        ]
        tx.execute(verdict.insert(), rows)


def _answer(name: str, chance: Random) -> dict[str, Any]:
    return {
        "criterion": name,
        "section": "prospect",
        "answer": chance.choice(("yes", "no", "unknown")),
        "reason": "it has 20 to 49 employees, says the list of the fair",
        "facts": [str(new_id())],
        "asks": False,
        "question": None,
    }


def measure(count: int) -> dict[str, Any]:
    """Time both backtests."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["SLUICE_HOME"] = home
        fill(count)
        with open_session() as session:
            return {
                "scoring": _timed(lambda: backtest_scoring(session, Where(), str(SEED), Goal.LEAD)),
                "icp": _timed(lambda: backtest_icp(session, Where(), Goal.LEAD)),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }


def _timed(work: Callable[[], object]) -> dict[str, float]:
    began, cpu = perf_counter(), process_time()
    work()
    return {
        "seconds": round(perf_counter() - began, 2),
        "cpu_seconds": round(process_time() - cpu, 2),
    }


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
