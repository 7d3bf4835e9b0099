"""Time scores: a million signals of 100,000 companies, one signal of a stored company, the order of a
million leads.

    python -m bench.scoring [SIGNALS]
"""

from __future__ import annotations

import io
import json
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from actions.scoring import explain_score, use_scoring
from actions.session import Session, open_session
from actions.signal_scores import score_signals
from actions.signals import SignalToAdd, add_signal
from actions.where import Where
from bench.backtests import measure
from engage.run.interest import interests
from engage.score.results import results
from engage.score.scores import score
from engage.scoring.file import read
from engage.scoring.reading import scoring_of
from engage.signals.blocks import read_signals
from engage.signals.table import TableBuilder
from leads.clock import now
from leads.ids import new_id
from leads.store import Tx, campaigns, clients, scores, signals
from leads.store.schema import company, company_score
from leads.store.signals import NewSignal

SEED = Path(__file__).parent.parent / "examples" / "scoring" / "seed.yaml"
AT = datetime(2026, 11, 2, tzinfo=UTC)
#: Kinds and how often each comes.
KINDS = {
    "email_opened": 50,
    "price_page_visited": 25,
    "welcome_email_clicked": 20,
    "quote_requested": 3,
    "unsubscribed": 2,
}
LEADS, REPEATS = 1_000_000, 30
#: Opens that a link scanner causes.
SCANNED = 10_000


def lines(count: int) -> Iterator[bytes]:
    """Signals of a tenth as many companies within 90 days, with a fixed seed."""
    chance = Random(1)
    words, weights = list(KINDS), list(KINDS.values())
    for number in range(count):
        at = AT - timedelta(seconds=chance.randrange(90 * 86_400))
        row = {
            "company": f"company{chance.randrange(max(count // 10, 1))}.example",
            "kind": chance.choices(words, weights)[0],
            "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "id": str(number),
        }
        yield json.dumps(row).encode() + b"\n"


def in_memory(path: str) -> dict[str, Any]:
    """Score signals that are in memory: the sums and temperatures, and the results of each company."""
    scoring = scoring_of(read(SEED.read_text("utf-8"), SEED.name))
    builder = TableBuilder()
    with Path(path).open("rb") as file:
        read_signals(file, lambda local: local.replace(tzinfo=UTC), builder)
    table = builder.table()
    began, cpu = perf_counter(), process_time()
    count = sum(1 for _ in results(score(table, scoring, AT), scoring))
    return {"companies": count} | _used(began, cpu)


def of_file(path: str) -> dict[str, Any]:
    """Read a file and score it, as `sluice signal import` does."""
    began, cpu = perf_counter(), process_time()
    found = score_signals(path, str(SEED), AT, lambda local: local.replace(tzinfo=UTC))
    return {"companies": len(found.results)} | _used(began, cpu)


def _used(began: float, cpu: float) -> dict[str, float]:
    return {
        "seconds": round(perf_counter() - began, 2),
        "cpu_seconds": round(process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def stored() -> dict[str, Any]:
    """Add signals to a stored company and explain its score; order a million leads by heat."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["SLUICE_HOME"] = home
        with open_session() as session:
            with session.store.write() as tx:
                client_id, campaign_id, ids = _companies(tx)
            with redirect_stdout(io.StringIO()):
                use_scoring(session, str(SEED), Where())
            added = [_timed(lambda: _add(session, str(ids[0]))) for _ in range(REPEATS)]
            explained = [
                _timed(lambda: explain_score(session, Where(), str(ids[0]), now()))
                for _ in range(REPEATS)
            ]
            with session.store.write() as tx:
                signals.add(tx, _opens(client_id, ids[1]))
            scanned = [_timed(lambda: _add(session, str(ids[1]))) for _ in range(REPEATS)]
            with session.store.read() as tx:
                shown = [
                    _timed(lambda: interests(tx, client_id, campaign_id, ids[:1], now()))
                    for _ in range(REPEATS)
                ]
            with session.store.write() as tx:
                _leads(tx, client_id, campaign_id)
            with session.store.read() as tx:
                ordered = [
                    _timed(lambda: scores.hottest(tx, campaign_id, 50)) for _ in range(REPEATS)
                ]
    return {
        "add": _middle(added),
        "explain": _middle(explained),
        f"add after {SCANNED:,} opens by a machine": _middle(scanned),
        "interest of a card": _middle(shown),
        f"hottest 50 of {LEADS:,}": _middle(ordered),
    }


def _companies(tx: Tx) -> tuple[UUID, UUID, list[UUID]]:
    client_id = clients.client_to_change(tx, "default").id
    campaign_id = campaigns.campaign_of(tx, client_id, "bench", make=True).id
    return client_id, campaign_id, _add_companies(tx, client_id, 2)


def _add_companies(tx: Tx, client_id: UUID, count: int) -> list[UUID]:
    ids = [new_id() for _ in range(count)]
    rows: list[dict[str, Any]] = [
        {
            "id": one,
            "client_id": client_id,
            "kind": "legal_entity",
            "name": f"Company {place}",
            "reason": "",
            "created_at": now(),
        }
        for place, one in enumerate(ids)
    ]
    tx.execute(company.insert(), rows)
    return ids


def _add(session: Session, company_id: str) -> None:
    add_signal(session, Where(), SignalToAdd(company=company_id, kind="quote_requested"))


def _opens(client_id: UUID, company_id: UUID) -> Iterator[NewSignal]:
    """What a link scanner causes within a minute."""
    start = now() - timedelta(hours=1)
    for number in range(SCANNED):
        yield NewSignal(
            client_id=client_id,
            company_id=company_id,
            kind="email_opened",
            happened_at=start + timedelta(milliseconds=6 * number),
            source="bench",
            external_id=f"open {number}",
            by="bench",
        )


def _leads(tx: Tx, client_id: UUID, campaign_id: UUID) -> None:
    chance = Random(2)
    for _ in range(LEADS // 50_000):
        rows: list[dict[str, Any]] = [
            {
                "campaign_id": campaign_id,
                "company_id": one,
                "client_id": client_id,
                "version": 1,
                "temperature": "warm",
                "heat": chance.random() * 7 + 1_480,
                "total": 30_000_000,
                "scored_at": AT,
                "changes_at": AT + timedelta(days=chance.randrange(90)),
                "qualifications": [],
                "suppressed": None,
            }
            for one in _add_companies(tx, client_id, 50_000)
        ]
        tx.execute(company_score.insert(), rows)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of CPU."""
    began, cpu = perf_counter(), process_time()
    work()
    return (perf_counter() - began) * 1000, (process_time() - cpu) * 1000


def _middle(times: list[tuple[float, float]]) -> dict[str, float]:
    clock, cpu = zip(*times, strict=True)
    return {"ms": round(statistics.median(clock), 1), "cpu_ms": round(statistics.median(cpu), 1)}


@contextmanager
def made_file(count: int) -> Iterator[str]:
    """A file of so many signals."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signals.jsonl"
        with path.open("wb") as file:
            file.writelines(lines(count))
        yield str(path)


def main(count: int) -> None:
    """Run each measurement in a process of its own, and print what it found."""
    apart = get_context("spawn")
    with made_file(count) as path, apart.Pool(1, maxtasksperchild=1) as pool:
        print(f"{count:,} signals in memory: {pool.apply(in_memory, (path,))}")
        print(f"{count:,} signals in a file: {pool.apply(of_file, (path,))}")
        print(f"stored: {pool.apply(stored)}")
        print(f"backtests of 100,000 outcomes: {pool.apply(measure, (100_000,))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
