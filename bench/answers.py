"""Time how answers of a register are applied: questions settled, facts of entries stored.

python -m bench.answers [COMPANIES] [--sqlite | --postgresql]
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from uuid import UUID

from sqlalchemy import func, select

from bench.figures import Figures
from bench.made_campaign import seed
from leads.clock import now
from leads.ids import new_id
from leads.prices import Price
from leads.store import Store, Tx
from leads.store.engine import chunks
from leads.store.migrate import upgrade
from leads.store.schema import campaign, company, fact, source_question, source_question_key
from leads.store.spending import budgets
from leads.store.spending.budgets import Budget
from leads.store.spending.used import first_lists
from leads.values import Range, Value
from sources.answers import Answer, Entry, Outcome, SourceFact
from sources.question_keys import question_keys
from sources.registers.norway import Norway
from sources.run.asks import Ask, Reserved
from sources.run.cases import Case
from sources.run.settling import Answered, settle
from sources.subject import Subject
from tests.postgres import fresh_database, running_postgres

ANSWERS, SECONDS = 100_000, 60.0
#: As workers settle them.
BATCH = 50
#: Shares of answers that find nothing, and of found ones with a domain that is new.
NO_MATCH, NEW_DOMAIN = 0.2, 0.3
CARD = Norway().card
ABOUT = """
Measured by `make bench-answers`: answers of a register are applied as workers do, 50 in a transaction.
Every company has a question that was sent. A fifth of the answers know no such company.
The others are entries with nine facts that are proven by name and place, so each company gets its
number and its country, and three in ten a domain. Answers are made up with a fixed seed outside the
measured time. Asking, deciding and the network are not in it.
"""


@dataclass(frozen=True, slots=True)
class World:
    """One campaign whose companies were asked about."""

    client_id: UUID
    campaign_id: UUID
    budget: Budget


def make(tx: Tx, count: int) -> World:
    """A campaign with companies of made-up lists."""
    campaign_id = seed(tx, "made", count)
    client_id = tx.execute(select(campaign.c.client_id)).scalar_one()
    budget = Budget(
        id=new_id(),
        client_id=client_id,
        campaign_id=campaign_id,
        automatic=False,
        amount=Price(0, "EUR"),
        for_company=None,
        by="bench",
        begun_at=now(),
    )
    budgets.add_budget(tx, budget)
    return World(client_id, campaign_id, budget)


def ask(tx: Tx, world: World) -> list[Reserved]:
    """A question about every company, as it is when it was sent."""
    names = tx.execute(select(company.c.id, company.c.name).order_by(company.c.id)).all()
    lists = first_lists(tx, world.client_id, [one for one, _ in names])
    asked = [_question(world, one, f"{name} Pumper AS", lists.get(one)) for one, name in names]
    rows = [
        {
            "id": one.question_id,
            "source": CARD.name,
            "country": "NO",
            "attributes": sorted(CARD.attributes),
            "state": "sent",
            "budget_id": world.budget.id,
            "task_id": one.ask.task_id,
            "price_micros": 0,
            "charged_micros": 0,
            "currency": "EUR",
            "found": [],
            "reserved_at": now(),
        }
        for one in asked
    ]
    keys = [
        {"source": CARD.name, "holder": "", "key": key, "question_id": one.question_id}
        for one in asked
        for key in one.ask.case.keys[CARD.name].own
    ]
    for some in chunks(rows):
        tx.execute(source_question.insert(), some)
    for some in chunks(keys):
        tx.execute(source_question_key.insert(), some)
    return asked


def _question(world: World, company_id: UUID, name: str, list_id: UUID | None) -> Reserved:
    subject = Subject(names=(name,), country="NO", city="Oslo", postcode="0150")
    case = Case(
        client_id=world.client_id,
        company_id=company_id,
        subject=subject,
        list_id=list_id,
        keys={CARD.name: question_keys(subject, CARD, b"bench")},
        asked={},
        unused=(),
    )
    made = Ask(
        case=case,
        card=CARD,
        budget=world.budget,
        campaign_id=world.campaign_id,
        task_id=new_id(),
        attempt=1,
    )
    return Reserved(made, new_id())


def answers(asked: Sequence[Reserved]) -> Iterator[Answered]:
    """What the register answers to each question."""
    chance = Random(7)
    for number, one in enumerate(asked):
        if chance.random() < NO_MATCH:
            yield Answered(one, Answer(outcome=Outcome.NO_MATCH))
            continue
        domain = f"pumper{number}.example" if chance.random() < NEW_DOMAIN else ""
        entry = _entry(one.ask.case.subject.names[0], number, domain, chance)
        yield Answered(one, Answer(outcome=Outcome.FOUND, entries=(entry,)))


def _entry(name: str, number: int, domain: str, chance: Random) -> Entry:
    staff = chance.randrange(1, 500)
    said: dict[str, Value] = {
        "legal_name": name,
        "legal_form": "AS",
        "status": "active",
        "employees": Range(staff, staff),
        "city": "Oslo",
        "postcode": "0150",
        "street": "Storgata 1",
        "former_name": f"{name} {chance.randrange(1950, 2020)}",
        "website": f"https://pumper{number}.example/",
    }
    if domain:
        said["domain"] = domain
    facts = tuple(
        SourceFact(attribute=name, value=value, quote=f"{name}: {value}", as_of=date(2026, 3, 1))
        for name, value in said.items()
    )
    return Entry(
        country="NO",
        number=str(900_000_000 + number),
        name=name,
        city="Oslo",
        postcode="0150",
        domain=domain,
        facts=facts,
        url=f"https://register.example/{number}",
    )


def measure(url: str, count: int, profile: str) -> tuple[float, float]:
    """Seconds and seconds of this process's processor that the answers of all companies take."""
    upgrade(url)
    store = Store(url)
    with store.write() as tx:
        world = make(tx, count)
        asked = ask(tx, world)
    ready = answers(asked)
    batches = iter(lambda: list(islice(ready, BATCH)), [])
    # A worker holds no answers but those of its batch.
    gc.freeze()
    profiler = cProfile.Profile() if profile else None
    seconds = cpu = 0.0
    for batch in batches:
        began, used = perf_counter(), process_time()
        if profiler:
            profiler.enable()
        with store.write() as tx:
            settle(tx, batch, now())
        if profiler:
            profiler.disable()
        seconds, cpu = seconds + perf_counter() - began, cpu + process_time() - used
    if profiler:
        profiler.dump_stats(profile)
    with store.read() as tx:
        settled = select(func.count()).where(source_question.c.state == "settled")
        assert tx.execute(settled).scalar_one() == count
        stored = tx.execute(select(func.count()).where(fact.c.source == CARD.name)).scalar_one()
        assert stored > 5 * count
    store.close()
    return seconds, cpu


def main() -> None:
    """Measure each kind of database, and write the page after a run of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("companies", type=int, nargs="?", default=ANSWERS)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--profile", default="")
    given = parser.parse_args()
    figures = Figures()
    goal = SECONDS * given.companies / ANSWERS

    def say(kind: str, found: tuple[float, float]) -> None:
        what = f"{given.companies:,} answers, {kind}"
        figures.at_most(what, found[0], "s", goal)
        figures.at_most(f"{what}: processor of the worker", found[1], "s")

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["SLUICE_HOME"] = str(folder)
        if given.only != "postgresql":
            say(
                "SQLite",
                measure(f"sqlite:///{folder / 'sluice.db'}", given.companies, given.profile),
            )
        if given.only != "sqlite":
            server = stack.enter_context(running_postgres())
            url = stack.enter_context(fresh_database(server))
            say("PostgreSQL", measure(url, given.companies, given.profile))
    if not (given.only or given.profile):
        figures.write("answers", "Benchmark of answers of registers", ABOUT)


if __name__ == "__main__":
    main()
