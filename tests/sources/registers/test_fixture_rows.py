"""Ten entries of each register, in the shapes that it documents, and what they state."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

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
