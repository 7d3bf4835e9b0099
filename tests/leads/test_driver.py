"""Statements on the driver's cursor store, find and refuse what SQLAlchemy's own way does."""

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, text

from leads.clock import now
from leads.errors import ServiceDownError, SluiceError
from leads.ids import new_id
from leads.store import Store, driver, events
from leads.store.schema import event

#: What a driver or a format could take for a place of a value, or for an end of the text.
HOSTILE = ("100 % off, %s and %(who)s", ":who $1 ? {id}", 'it\'s "so" \\ --', "Ö\u202eabc\n;")
ADD = insert(event)
OF_THING = select(event).where(
    event.c.thing_id == bindparam("what"), event.c.verb != "nothing: 100 %"
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


def line(reason: str, thing_id: str = "one") -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": now(),
        "who": "ann",
        "client_id": None,
        "verb": "tried",
        "thing": "company",
        "thing_id": thing_id,
        "reason": reason,
        "data": {"said": reason, "count": 2},
        "trace_id": "",
    }


def test_what_is_stored_is_found_on_both_ways(store: Store) -> None:
    lines = [line(reason) for reason in HOSTILE]

    with store.write() as tx:
        driver.add(tx, ADD, [*lines, line("another", thing_id="two")])
    with store.read() as tx:
        found = driver.run(tx, OF_THING, {"what": "one"})
        usual = events.of_thing(tx, "company", "one")

    wanted = [tuple(one.values()) for one in lines]
    assert sorted(map(tuple, found)) == wanted
    assert [astuple(one) for one in usual] == wanted


@pytest.mark.parametrize("listed", [0, 1, 3, driver._MOST_LISTED + 1])
def test_a_list_of_any_length_is_found(store: Store, listed: int) -> None:
    lines = [line("listed", thing_id=f"it's {number}") for number in range(40)]
    wanted = [f"it's {number}" for number in range(listed)]
    several = select(event.c.thing_id).where(
        event.c.thing_id.in_(bindparam("those", expanding=True)),
        event.c.verb.in_(("tried", "other")),
        event.c.who == bindparam("who"),
    )
    with store.write() as tx:
        driver.add(tx, ADD, lines)
    with store.read() as tx:
        for _ in range(2):
            found = driver.read(tx, several, {"those": wanted, "who": "ann"})
            assert sorted(one for (one,) in found) == sorted(wanted)
        assert not driver.read(tx, several, {"those": wanted, "who": "ben"})


def test_several_statements_are_answered_each(store: Store) -> None:
    with store.write() as tx:
        driver.add(tx, ADD, [line("first", "one"), line("second", "two")])
        asked = [(OF_THING, {"what": what}) for what in ("two", "none", "one")]
        answers = driver.run_together(tx, asked)

    assert [[row[7] for row in rows] for rows in answers] == [["second"], [], ["first"]]


def test_a_refused_row_undoes_the_transaction(store: Store) -> None:
    twice = line("twice")

    with pytest.raises(SluiceError, match="the database refused"), store.write() as tx:
        driver.add(tx, ADD, [line("before"), twice, twice])

    with store.read() as tx:
        assert driver.run(tx, OF_THING, {"what": "one"}) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_has_gone_is_named(store: Store) -> None:
    with pytest.raises(ServiceDownError, match="does not answer"):
        end_and_ask(store)

    with store.write() as tx:
        assert driver.run(tx, OF_THING, {"what": "one"}) == []


def end_and_ask(store: Store) -> None:
    other = Store(store.url)
    with store.write() as tx:
        own = tx.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with other.write() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
        other.close()
        driver.run_together(tx, [(OF_THING, {"what": "one"})])
