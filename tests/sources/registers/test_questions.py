"""What registers are asked for, and which revision of NACE a code is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.values import IndustryCode
from sources.registers.industry_codes import NEW, OLD, nace_code
from sources.registers.questions import search_names
from sources.subject import Subject


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["Nordlys Systemer AS"], ["Nordlys Systemer"]),
        (["Vzor a vzorek, spol. s r.o."], ["Vzor a vzorek"]),
        (["SAS Moulin Inventé"], ["Moulin Inventé"]),
        (["Oy Malliyritys Ab"], ["Malliyritys"]),
        (["Ålesund Prøve AS", "Ålesund Prøve"], ["Ålesund Prøve"]),
        (["Fjellvind AS", "Nordlys ASA", "Tredje AS"], ["Fjellvind", "Nordlys"]),
        (["AS"], []),
        (["X AS"], ["X AS"]),
        (["AB Oy"], ["AB Oy"]),
        (["  «Nordlys»  AS\x00 "], ["Nordlys"]),
        (["Nordlys \ud800 AS"], ["Nordlys"]),
        ([""], []),
    ],
)
def test_a_name_is_sought_without_its_legal_forms(names: list[str], asked: list[str]) -> None:
    assert list(search_names(Subject(names=tuple(names)))) == asked


@given(st.text(max_size=200))
def test_any_name_can_be_sent(name: str) -> None:
    for one in search_names(Subject(names=(name, "Nordlys AS"))):
        assert one.encode()


@pytest.mark.parametrize(
    ("written", "likely", "scheme", "code"),
    [
        ("62.01Z", OLD, OLD, "62.01"),
        ("62.10Y", NEW, NEW, "62.10"),
        ("62.100", NEW, NEW, "62.10"),
        # Retired in the new revision: the code is of the one before.
        ("62.010", NEW, OLD, "62.01"),
        ("62100", OLD, NEW, "62.10"),
        ("46.1", OLD, OLD, "46.1"),
        ("47", NEW, NEW, "47"),
    ],
)
def test_a_code_is_of_the_revision_that_has_it(
    written: str, likely: str, scheme: str, code: str
) -> None:
    assert nace_code(written, likely) == IndustryCode(scheme, code)


@pytest.mark.parametrize("written", ["", "G", "00", "00.00Z", "9", "abc", "62.01.99.1", "6" * 400])
def test_what_is_no_code_is_none(written: str) -> None:
    assert nace_code(written, NEW) is None
