"""Files of whole registers: read in parts of any size, and whatever they hold."""

import io
import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.listing import file_units
from sources.listing.filters import Wanted, has
from sources.listing.pages import UnreadableError, address, read_page
from sources.listing.table import listings
from tests.sources.fake_sources import unit

TODAY = date(2026, 11, 30)
FIRMS = [
    unit(f"92360901{digit}", f"Fjord «{digit}» AS", "Bærum", "1341", antallAnsatte=5 * digit)
    for digit in range(5)
]


@pytest.mark.parametrize("size", [1, 7, 1_000, 1 << 20])
@pytest.mark.parametrize("indent", [None, 2])
def test_parts_of_any_size_give_the_same_companies(
    size: int, indent: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_units, "_CHUNK", size)
    body = json.dumps(FIRMS, indent=indent, ensure_ascii=False).encode()
    found = [one.entry for one in file_units.json_units("no", io.BytesIO(body), TODAY)]
    assert [one and one.number for one in found] == [one["organisasjonsnummer"] for one in FIRMS]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='[]{},:"1 a\\', max_size=60).map(str.encode))
def test_hostile_bytes_are_refused_or_read(body: bytes) -> None:
    for name in ("no", "fi"):
        with suppress(UnreadableError):
            list(file_units.json_units(name, io.BytesIO(body), TODAY))
    for name in ("gb", "gleif"):
        with pytest.raises(UnreadableError):
            list(file_units.csv_units(name, io.BytesIO(body)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["results", "companies", "_embedded", "enheter", "page", "total_results"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(json_values)
def test_pages_of_any_shape_are_refused_or_read(document: Any) -> None:
    for name in ("fr", "no", "fi"):
        with suppress(UnreadableError):
            read_page(name, json.dumps(document).encode(), TODAY)


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_units, "_LONGEST", 1_000)
    with pytest.raises(UnreadableError, match="more than 1,000 characters"):
        list(file_units.csv_units("gb", io.BytesIO(b"x" * 5_000)))


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 5),
        (Wanted(place="baerum"), 5),
        (Wanted(place="13"), 5),
        (Wanted(place="Oslo"), 0),
        (Wanted(low=10), 3),
        (Wanted(high=10), 3),
        (Wanted(low=10, high=15), 2),
        (Wanted(industry="62"), 0),
    ],
)
def test_a_file_is_filtered_by_what_the_register_states(wanted: Wanted, count: int) -> None:
    body = json.dumps(FIRMS).encode()
    units = file_units.json_units("no", io.BytesIO(body), TODAY)
    assert sum(1 for one in units if one.entry and has(one.entry, wanted)) == count


def test_places_and_codes_are_encoded() -> None:
    search = listings()["fi"].search
    assert search is not None
    url = address(search, {"location": "Ylä&page=9"}, 0)
    assert url.endswith("?location=Yl%C3%A4%26page%3D9&page=1")
