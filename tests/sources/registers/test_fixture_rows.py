"""Ten entries of each register, in the shapes that it documents, and what they state."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.answers import Entry
from sources.registers.companies_house_profile import entry_of as companies_house
from sources.registers.gleif_records import entry_of as gleif
from sources.registers.sec_filers import entry_of as sec
from sources.registers.wikidata_items import entry_of as wikidata

HERE = Path(__file__).parent
TODAY = date(2026, 11, 30)


def rows(name: str) -> list[Any]:
    found: list[Any] = json.loads((HERE / name).read_text("utf-8"))
    return found


READERS: dict[str, Callable[[Any], Entry | None]] = {
    "gleif.json": gleif,
    "companies_house.json": companies_house,
    "sec.json": lambda row: sec(row, by_key=True),
    "wikidata.json": lambda row: wikidata(row, rows("wikidata_names.json")[0], by_key=True),
}


def states(entry: Entry | None) -> dict[str, list[str]] | None:
    """What an entry states, by attribute."""
    if entry is None:
        return None
    found: dict[str, list[str]] = {}
    for fact in entry.facts:
        found.setdefault(fact.attribute, []).append(str(fact.value))
    return found


@pytest.mark.parametrize("name", READERS)
def test_each_row_states_what_it_says_and_no_more(name: str) -> None:
    found = rows(name)
    assert len(found) == 10
    for row in found:
        assert states(READERS[name](row["record"])) == row["states"], row["says"]


@pytest.mark.parametrize("name", READERS)
def test_each_fact_quotes_a_field_and_its_words(name: str) -> None:
    for row in rows(name):
        entry = READERS[name](row["record"])
        for fact in entry.facts if entry else ():
            field, _, words = fact.quote.partition(": ")
            assert field, fact
            assert words, fact


WRONG: list[Any] = [
    None,
    True,
    -1,
    1e308,
    10**400,
    "",
    "\x00 \ud800",
    "Q1",
    "9" * 5_000,
    [],
    [[]],
    [None],
    {},
    {"a": 1},
]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place inside a value: what holds it, and its key there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(inside):
        yield value, key
        if isinstance(one, (dict, list)):
            yield from places(one)


@pytest.mark.parametrize(
    ("name", "row", "number"),
    [
        ("gleif.json", 0, "00941200"),
        # A number of Delaware may be that of another company in Texas.
        ("gleif.json", 3, ""),
        ("gleif.json", 4, ""),
        ("companies_house.json", 1, "SC300417"),
        # The number of a branch of a foreign company.
        ("companies_house.json", 7, ""),
        ("sec.json", 0, ""),
        ("wikidata.json", 0, ""),
        ("wikidata.json", 1, "00941200"),
    ],
)
def test_facts_are_shared_by_numbers_that_are_alone_in_their_country(
    name: str, row: int, number: str
) -> None:
    entry = READERS[name](rows(name)[row]["record"])
    assert entry is not None
    assert entry.number == number


@given(st.sampled_from(sorted(READERS)), st.integers(0, 9), st.data())
@settings(max_examples=150, deadline=None)
def test_a_wrong_value_anywhere_spoils_no_other(name: str, row: int, data: st.DataObject) -> None:
    record = deepcopy(rows(name)[row]["record"])
    for _ in range(data.draw(st.integers(1, 3))):
        inside, key = data.draw(st.sampled_from(list(places(record))))
        inside[key] = deepcopy(data.draw(st.sampled_from(WRONG)))
    entry = READERS[name](record)
    for fact in entry.facts if entry else ():
        assert len(fact.quote) <= 500
        assert str(fact.value).strip()
