"""Time the draw of an audit, its report and the rates of sources on a million facts.

python -m bench.source_rates [COMPANIES]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from uuid import UUID

from sqlalchemy import select

from actions.accuracy import accuracy_report
from actions.fact_audits import Drawing, draw, judge, next_fact
from actions.session import Session, open_installation
from actions.sources import source_report
from bench.made_campaign import seed
from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.settings import load_settings
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.schema import company, fact, record
from leads.values import Range, TechnologyUse, Value

COMPANIES = 100_000
#: The share of companies that told something.
TOLD = 0.02
JUDGED = 200


def main(companies: int) -> None:
    """Fill a store, and print a line for each step."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings({"SLUICE_HOME": home})
        with open_installation(settings) as installation:
            session = installation.session("bench")
            with session.store.write() as tx:
                seed(tx, "maker", companies)
            _fill(session)
            with session.store.read() as tx:
                count = len(tx.execute(select(fact.c.id)).all())
            size = (Path(home) / "sluice.db").stat().st_size
            print(f"{companies:,} companies, {count:,} facts, {size / 1e6:,.0f} MB")
            _run(session)


def _run(session: Session) -> None:
    wanted = Drawing(attribute="phone", sample=1_000, seed=7)
    _timed("draw 1,000 of the facts about phone", lambda: draw(session, "maker", wanted))
    _timed(f"judge {JUDGED} of them", lambda: _judge(session))
    _timed("report", lambda: accuracy_report(session, "maker"))
    _timed("rates of all sources", lambda: source_report(session, "maker"))
    for one in source_report(session, "maker", "employees").rates:
        rate = one.rate
        print(f"  {one.source}: {one.facts:,} facts, {rate.right:,} of {rate.checked:,} agreed")


def _judge(session: Session) -> None:
    for place in range(JUDGED):
        found = next_fact(session, "maker").fact
        assert found is not None
        judge(session, "maker", found.id, "wrong" if place % 50 == 0 else "right")


def _fill(session: Session) -> None:
    with session.store.write() as tx:
        owner = select(record.c.id, record.c.company_id, record.c.client_id)
        rows = tx.execute(owner.join(company, company.c.id == record.c.company_id)).all()
        facts.add(tx, _made(rows))  # type: ignore[arg-type]


def _made(rows: list[tuple[UUID, UUID, UUID]]) -> Iterator[tuple[Subject, Fact]]:
    chance, at = Random(3), now()
    seen = Evidence(source="list:metal-fair-2026", method=Method.COLUMN, observed_at=at)
    for number, (record_id, company_id, client_id) in enumerate(rows):
        people = chance.randrange(1, 400)
        site = f"made{number}.example"
        stated: dict[str, Value] = {
            "name": f"Made {number}",
            "domain": site,
            "country": "DE",
            "city": f"Town {number % 300}",
            "phone": f"+4930{number:08}",
            "employees": Range(people, people + chance.choice((0, 20))),
        }
        for name, value in stated.items():
            yield Subject(record_id=record_id), _fact(name, value, seen, client_id)

        read = replace(seen, source=f"site:{site}", method=Method.PAGE, confidence=0.6)
        shown: dict[str, Value] = {
            "phone": f"+4930{number:08}",
            "employees": Range(people + chance.choice((0, 0, 0, 50)), None),
            "technology": TechnologyUse("wordpress"),
            "coverage": "about:1",
        }
        for name, value in shown.items():
            yield Subject(site=site), _fact(name, value, read, None)

        if chance.random() < TOLD:
            told = replace(seen, source="user:ann", method=Method.TOLD)
            value = Range(people, people)
            yield Subject(company_id=company_id), _fact("employees", value, told, client_id)


def _fact(name: str, value: Value, seen: Evidence, client_id: UUID | None) -> Fact:
    return Fact(id=new_id(), attribute=name, value=value, evidence=seen, client_id=client_id)


def _timed(what: str, work: Callable[[], object]) -> None:
    wall, cpu = perf_counter(), process_time()
    work()
    print(f"{what}: {process_time() - cpu:.1f} s CPU, {perf_counter() - wall:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMPANIES)
