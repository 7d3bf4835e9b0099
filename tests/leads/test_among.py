"""Texts and ids sent as one value are found as they are, whatever signs they hold."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Subquery, literal, select, union_all

from leads.ids import new_id
from leads.store import Store, driver
from leads.store.among import as_id_list, as_number_list, is_among, is_id_among, is_listed
from leads.store.engine import Tx

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


def rows_of(there: list[str] | list[UUID] | list[int]) -> Subquery:
    return union_all(*(select(literal(one).label("one")) for one in there)).subquery()


def found(tx: Tx, there: list[str], asked: list[str]) -> set[str]:
    rows = rows_of(there)
    return set(tx.execute(select(rows.c.one).where(is_among(tx, rows.c.one, asked))).scalars())


@pytest.mark.parametrize(
    "text",
    ["", "null", "NULL", "a,b", '"', "\\", '\\"', "{}", "{a}", " a ", "it's", "ü", "a\nb", "ab12"],
)
def test_a_text_is_found_alone_and_beside_others(store: Store, text: str) -> None:
    with store.read() as tx:
        assert found(tx, [text, "other"], [text]) == {text}
        assert found(tx, [text, "other"], ["third", text]) == {text}
        assert found(tx, [text, "other"], ["third"]) == set()
        assert found(tx, [text, "other"], []) == set()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(there=st.lists(ANY_TEXT, min_size=1, max_size=5), asked=st.lists(ANY_TEXT, max_size=5))
def test_any_texts_are_found_as_in_a_set(store: Store, there: list[str], asked: list[str]) -> None:
    with store.read() as tx:
        assert found(tx, there, [*asked, there[0]]) == set(there) & {*asked, there[0]}


def test_ids_are_found(store: Store) -> None:
    ids = [new_id() for _ in range(3)]
    with store.read() as tx:
        rows = rows_of(ids)
        wanted = select(rows.c.one).where(is_id_among(tx, rows.c.one, ids[:2]))
        assert set(tx.execute(wanted).scalars()) == set(ids[:2])
        assert not tx.execute(select(rows.c.one).where(is_id_among(tx, rows.c.one, []))).all()


def test_one_statement_finds_ids_and_numbers_in_lists_of_any_length(store: Store) -> None:
    ids, numbers = [new_id() for _ in range(3)], [-1, 0, 2**31 - 1]
    with store.read() as tx:
        database = tx.dialect.name
        of_ids, of_numbers = rows_of(ids), rows_of(numbers)
        some_ids = select(of_ids.c.one).where(is_listed(database, of_ids.c.one, "asked"))
        some = select(of_numbers.c.one).where(is_listed(database, of_numbers.c.one, "asked"))
        for count in (0, 1, 2):
            asked = {"asked": as_id_list(database, map(str, ids[:count]))}
            assert {one for (one,) in driver.run(tx, some_ids, asked)} == set(ids[:count])
            asked = {"asked": as_number_list(database, numbers[:count])}
            assert {one for (one,) in driver.run(tx, some, asked)} == set(numbers[:count])
