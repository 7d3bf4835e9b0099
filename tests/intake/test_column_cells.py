"""What the cells of a column state does not depend on the cells before them."""

from collections.abc import Iterable

import pytest

from intake.column_cells import ListColumns
from intake.mapping import Column, ColumnMapping
from intake.statements import Statement


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([f"{number}" for number in range(1, 2_400)], id="each is another"),
        pytest.param([f"{number % 7}" for number in range(2_400)], id="they repeat"),
        pytest.param(["9" * 100, "12", "12", "n. a."] * 3, id="long ones and others"),
    ],
)
def test_a_cell_states_the_same_whenever_it_is_read(cells: list[str]) -> None:
    assert stated(cells) == list(reversed(stated(reversed(cells))))
    (twelve,) = stated(["12"])[0]
    assert (twelve.quote, twelve.confidence) == ("Staff: 12", 0.8)


def test_the_country_of_the_row_counts() -> None:
    (phones,) = ListColumns(ColumnMapping((Column(0, "Phone", "phone"),))).of("phone")
    number = "030 23125000"
    german, nowhere, again = (
        [one.value for one in phones.read(number, country, None)] for country in ("DE", None, "DE")
    )
    assert german == again == ["+493023125000"]
    assert nowhere == []


def stated(cells: Iterable[str]) -> list[tuple[Statement, ...]]:
    (column,) = ListColumns(ColumnMapping((Column(0, "Staff", "employees"),))).of("employees")
    return [column.read(cell, None, None) for cell in cells]
