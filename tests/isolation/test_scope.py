"""The store refuses to touch clients' rows without a scope, and rows out of it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, select, text

import leads.store
from leads.ids import new_id
from leads.store import Store, driver
from leads.store.schema import campaign, client, company, task
from leads.store.scope import EVERY_CLIENT, UNKNOWN, NoScopeError, Scope, every_client, owned_in

#: What a function gets for a value of each type.
MADE: dict[Any, Any] = {
    UUID: UUID(int=7),
    str: "x",
    int: 1,
    float: 1.0,
    bool: False,
    bytes: b"x",
    datetime: datetime(2026, 1, 5, tzinfo=UTC),
    date: date(2026, 1, 5),
    Any: "x",
    NoneType: None,
}


def made(kind: Any) -> Any:
    """A value of a type, as small as it may be."""
    if kind in MADE:
        return MADE[kind]
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return made(next((one for one in parts if one is not NoneType), NoneType))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{one.name: made(hints[one.name]) for one in fields(kind)})
    return _made_of_parts(kind, origin, parts)


def _made_of_parts(kind: Any, origin: Any, parts: tuple[Any, ...]) -> Any:
    if origin is tuple:
        return tuple(made(one) for one in parts if one is not ...)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {made(parts[0]): made(parts[1])}
    if isinstance(origin, type) and issubclass(origin, (set, frozenset)):
        return {made(parts[0])}
    if parts:
        return [made(parts[0])]
    raise TypeError(f"nothing is made for {kind}")


def _reading() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each public function of the store that takes a transaction."""
    for found in pkgutil.walk_packages(leads.store.__path__, "leads.store."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if function.__module__ == found.name and takes[:1] == ["tx"] and name[0] != "_":
                yield f"{found.name.removeprefix('leads.store.')}.{name}", function


EVERY = dict(_reading())


def test_no_function_of_the_store_touches_clients_rows_without_a_scope(database_url: str) -> None:
    store = Store(database_url)
    refused, passed, sent = set(), set(), []
    event.listen(store.engine, "after_cursor_execute", lambda *told: sent.append(told[2]))
    event.listen(store.reading, "after_cursor_execute", lambda *told: sent.append(told[2]))
    for name, function in EVERY.items():
        try:
            given = _arguments(function)
        except TypeError:
            continue
        try:
            with store.bound(UNKNOWN).rehearse() as tx:
                _use(function(tx, *given[0], **given[1]))
            passed.add(name)
        except NoScopeError:
            refused.add(name)
        except Exception:
            # The made values mean nothing to it. What it sent before that counts all the same.
            passed.add(name)
    store.close()
    assert [one for one in sent if owned_in(one) and "INSERT INTO event " not in one] == []
    # So the walk does reach the functions; the others ask for users, sessions and the ledger.
    assert len(refused) > 200, sorted(passed)


def _arguments(function: Callable[..., Any]) -> tuple[list[Any], dict[str, Any]]:
    hints, places, named = get_type_hints(function), [], {}
    for name, one in list(inspect.signature(function).parameters.items())[1:]:
        if one.default is not one.empty or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            continue
        if one.kind is one.KEYWORD_ONLY:
            named[name] = made(hints[name])
        else:
            places.append(made(hints[name]))
    return places, named


def _use(found: Any) -> None:
    """Read what a function finds, also where it finds it late."""
    if isinstance(found, Iterator):
        list(found)
    elif hasattr(found, "__enter__"):
        with found:
            pass


OWN, OTHER = new_id(), new_id()
BY_DRIVER = select(company.c.id).where(company.c.client_id == OTHER)


def _listed(tx: Connection, some: Sequence[UUID]) -> object:
    return tx.execute(select(company.c.id).where(company.c.client_id.in_(some)))


@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        (lambda tx: tx.execute(select(company).where(company.c.client_id == OTHER)), True),
        (lambda tx: tx.execute(select(company).where(company.c.client_id == OWN)), False),
        (lambda tx: _listed(tx, [OWN, OTHER]), True),
        (lambda tx: _listed(tx, [OWN]), False),
        (lambda tx: driver.run(tx, BY_DRIVER, {}), True),
        (lambda tx: tx.execute(campaign.delete().where(campaign.c.client_id == OTHER)), True),
        (lambda tx: tx.execute(task.delete().where(task.c.client_id == OTHER)), False),
        (lambda tx: tx.execute(select(client.c.name)), False),
    ],
)
def test_a_statement_that_names_another_client_is_refused(
    database_url: str, statement: Callable[[Connection], object], is_refused: bool
) -> None:
    store = Store(database_url)
    bound = store.bound(Scope(frozenset({OWN})))
    if is_refused:
        with pytest.raises(NoScopeError, match="out of the scope"), bound.write() as tx:
            statement(tx)
        with bound.write() as tx:
            with every_client(tx):
                statement(tx)
            with pytest.raises(NoScopeError, match="out of the scope"):
                statement(tx)
    else:
        with bound.write() as tx:
            statement(tx)
    with store.bound(EVERY_CLIENT).write() as tx:
        statement(tx)
    store.close()


def test_text_is_refused_as_well(database_url: str) -> None:
    store = Store(database_url)
    with pytest.raises(NoScopeError, match="company"), store.bound(UNKNOWN).read() as tx:
        tx.execute(text("SELECT name FROM company"))
    with store.bound(UNKNOWN).read() as tx:
        tx.execute(text("SELECT name FROM app_user"))
    store.close()
