"""Statements on the driver's cursor store, find and refuse what SQLAlchemy's own way does."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import DateTime, bindparam, insert, select, text
from sqlalchemy.dialects import sqlite

from leads.clock import now
from leads.errors import ServiceDownError, SluiceError
from leads.ids import new_id
from leads.store import Store, driver, events
from leads.store.columns.types import UTCDateTime
from leads.store.schema import event

#: What a driver or a format could take for a place of a value, or for an end of the text.
HOSTILE = ("100 % off, %s and %(who)s", ":who $1 ? {id}", 'it\'s "so" \\ --', "Ö\u202eabc\n;")
ADD = insert(event)
#: Names its values as the rows of `line` do, and says what it stored.
ADD_AND_TELL = ADD.values({one.name: bindparam(one.name) for one in event.c}).returning(
    event.c.reason
)
MOMENTS = (
    datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    datetime(800, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 7, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
)
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


OTHERS = select(event.c.thing_id).where(
    event.c.thing_id.not_in(bindparam("those", expanding=True)),
    event.c.thing_id.startswith("it's "),
)


@pytest.mark.parametrize("listed", [0, 1, 3, 33, 64, 65, 512, 513])
def test_a_list_of_any_length_is_found(store: Store, listed: int) -> None:
    lines = [line("listed", thing_id=f"it's {number}") for number in range(515)]
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
        others = driver.read(tx, OTHERS, {"those": wanted})
        assert len(others) == len(lines) - listed


def test_several_statements_are_answered_each(store: Store) -> None:
    with store.write() as tx:
        driver.add(tx, ADD, [line("first", "one"), line("second", "two")])
        asked = [(OF_THING, {"what": what}) for what in ("two", "none", "one")]
        answers = driver.run_together(tx, asked)

    assert [[row[7] for row in rows] for rows in answers] == [["second"], [], ["first"]]


def test_what_was_asked_ahead_is_read_as_usual(store: Store) -> None:
    with store.write() as tx:
        driver.add(tx, ADD, [line("first", "one")])
    none = OF_THING.where(event.c.verb == "nothing")
    with store.read() as tx:
        driver.read_ahead(tx, [OF_THING, none], {"what": "one"})
        assert [row[7] for row in driver.read(tx, OF_THING, {"what": "one"})] == ["first"]
        assert not driver.read(tx, none, {"what": "one"})
        assert not driver.read(tx, OF_THING, {"what": "two"})


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


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_direct_transaction_stores_and_finds_any_text(store: Store, reason: str) -> None:
    with store.direct() as tx:
        assert tx is not None
        (added,) = driver.run_together(tx, [(ADD_AND_TELL, line(reason, thing_id=reason))])
    with store.direct() as tx:
        assert tx is not None
        nothing, found = driver.run_together(
            tx, [(OF_THING, {"what": "none"}), (OF_THING, {"what": reason})]
        )

    assert [row[0] for row in added] == [reason]
    assert list(nothing) == []
    assert [row[7] for row in found] == [reason]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_direct_transaction_prepares_anew_what_the_server_forgot(store: Store) -> None:
    for _ in range(2):
        assert ask_directly(store, "one") == [[]]
        with store.write() as tx:
            tx.exec_driver_sql("DEALLOCATE ALL")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_value_that_a_server_refuses_leaves_its_connection_usable(store: Store) -> None:
    with pytest.raises(SluiceError, match="the database refused"):
        ask_directly(store, "a\0b")

    assert ask_directly(store, "one") == [[]]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_has_gone_during_a_direct_transaction_is_named(store: Store) -> None:
    with pytest.raises(ServiceDownError, match="does not answer"):
        ask_directly(store, "one", ended=True)

    assert ask_directly(store, "one") == [[]]


def ask_directly(store: Store, what: str, *, ended: bool = False) -> list[Any]:
    """Ask in a direct transaction, whose process at the server may have `ended` before."""
    with store.direct() as tx:
        assert tx is not None
        if ended:
            end_server_of(store.url, tx.driver.info.backend_pid)
        return driver.run_together(tx, [(OF_THING, {"what": what})])


def end_and_ask(store: Store) -> None:
    with store.write() as tx:
        end_server_of(store.url, tx.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        driver.run_together(tx, [(OF_THING, {"what": "one"})])


def end_server_of(url: str, process: int) -> None:
    """End the server's process for one connection."""
    other = Store(url)
    with other.write() as killer:
        killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": process})
    other.close()


def test_a_time_is_stored_as_sqlalchemy_stores_it() -> None:
    dialect = sqlite.dialect()
    ours = UTCDateTime().dialect_impl(dialect).bind_processor(dialect)
    usual = DateTime().dialect_impl(dialect).bind_processor(dialect)
    assert ours is not None
    assert usual is not None
    for moment in MOMENTS:
        assert ours(moment) == usual(moment.astimezone(UTC))
    assert ours(None) is None
    with pytest.raises(ValueError, match="has no time zone"):
        ours(MOMENTS[0].replace(tzinfo=None))
