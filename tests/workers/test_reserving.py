"""A batch of questions is reserved together, each as if it were alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from bench.answers import World, make
from leads.clock import now
from leads.ids import new_id
from leads.prices import parse_price
from leads.store import Store
from leads.store.schema import company, source_question, source_question_key, spending_line
from leads.store.spending import budgets
from sources.question_keys import question_keys
from sources.registers.norway import Norway
from sources.run.asks import Ask, Refused, Reserved
from sources.run.cases import Case
from sources.run.reserving import reserve
from sources.subject import Subject

CARD = replace(Norway().card, name="provider:headcounts", price=parse_price("0.10 EUR"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def asks(store: Store) -> list[Ask]:
    """A question about each of eight companies, which cost 0.10 EUR of 0.65 EUR."""
    with store.write() as tx:
        world = make(tx, 8)
        budgets.end_budget(tx, world.budget.id)
        budget = replace(world.budget, id=new_id(), amount=parse_price("0.65 EUR"))
        budgets.add_budget(tx, budget)
        names = tx.execute(select(company.c.id, company.c.name)).all()
        world = replace(world, budget=budget)
    return [question(world, replace(CASE, company_id=one), name) for one, name in names]


CASE = Case(
    client_id=new_id(),
    company_id=new_id(),
    subject=Subject(names=("",)),
    list_id=None,
    keys={},
    asked={},
    unused=(),
)


def question(world: World, case: Case, name: str) -> Ask:
    subject = Subject(names=(name,), country="NO", city="Oslo")
    keys = {CARD.name: question_keys(subject, CARD, b"secret")}
    return Ask(
        case=replace(case, client_id=world.client_id, subject=subject, keys=keys),
        card=CARD,
        budget=world.budget,
        campaign_id=world.campaign_id,
        task_id=new_id(),
        attempt=1,
    )


def reserved(store: Store, asks: list[Ask]) -> tuple[list[str], int]:
    """What became of questions, and how many statements that took."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(store.engine, "before_cursor_execute", one_more)
    with store.write() as tx:
        made = reserve(tx, asks, now())
    event.remove(store.engine, "before_cursor_execute", one_more)
    assert all(isinstance(one, Reserved | Refused) for one in made)
    return [one.reason if isinstance(one, Refused) else "" for one in made], count


def test_a_batch_takes_as_many_statements_as_one_question(store: Store, asks: list[Ask]) -> None:
    alone = reserved(store, asks[:1])
    together = reserved(store, asks[1:6])
    assert alone[0] == [""]
    assert together[0] == [""] * 5
    assert together[1] <= alone[1] <= 10


def test_each_question_of_a_batch_sees_those_before_it(store: Store, asks: list[Ask]) -> None:
    again = replace(asks[0], task_id=new_id())
    said, _ = reserved(store, [asks[0], again, *asks[1:]])
    assert said[:2] == ["", "it is being asked"]
    assert said[2:] == [""] * 5 + ["the budget of 0.65 EUR is spent"] * 2
    assert reserved(store, [again])[0] == ["it is being asked"]
    with store.read() as tx:
        counted = [
            tx.execute(select(func.count()).select_from(one)).scalar_one()
            for one in (source_question, source_question_key)
        ]
        assert counted == [6, 6]
        assert int(tx.execute(select(func.sum(spending_line.c.micros))).scalar_one()) == 600_000
