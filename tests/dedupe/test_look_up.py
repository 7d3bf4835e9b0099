"""A name is looked up in a list: which rows it is, and which it may be."""

import pytest

from dedupe.learned import SHIPPED
from dedupe.listed_index import ListedIndex
from dedupe.look_up import look_up
from dedupe.outcome import Strictness
from dedupe.record import Key, MatchRecord

THREE = ("Nordwind Maschinenbau GmbH", "Nordwind Logistik GmbH", "Nordwind Energie AG")


def _outcomes(
    stored: tuple[str, ...], name: str, domain: str = "", companies: str = "abcdef"
) -> dict[str, str]:
    """Look a name up among rows of one country; the first row has the domain.

    `companies` has a letter for the company of each row; a dot is none.
    """

    def company_of(key: Key) -> str | None:
        letter = companies[int(str(key))]
        return None if letter == "." else letter

    rows = [
        MatchRecord(at, one, country="DE", domains=(domain,) if domain and not at else ())
        for at, one in enumerate(stored)
    ]
    asked = MatchRecord("", name, country="DE", domains=(domain,) if domain else ())
    index = ListedIndex(rows)
    found, _ = look_up(index, asked, Strictness.BALANCED, SHIPPED, company_of, 10)
    return {rows[int(str(one.row))].name: str(one.outcome) for one in found}


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        (THREE, "Nordwind"),
        (("Keller Maschinenbau", "Keller Tarnwick", "Anna Keller"), "Keller"),
        (("Quorvian Tarnwick Optik GmbH", "Quorvian Tarnwick Druck GmbH"), "Quorvian Tarnwick"),
        (("Quorvian Maschinenbau GmbH", "Quorvian Optik GmbH"), "Quorvain"),
    ],
)
def test_a_name_that_several_have_in_theirs_is_none_of_them_for_certain(
    stored: tuple[str, ...], name: str
) -> None:
    assert _outcomes(stored, name) == dict.fromkeys(stored, "review")


@pytest.mark.parametrize(
    ("stored", "name", "domain", "same"),
    [
        (THREE[:1], "Nordwind", "", set(THREE[:1])),
        (THREE, "Nordwind Maschinenbau", "", set(THREE[:1])),
        (THREE, "Nordwind", "nordwind.example", set(THREE[:1])),
        (("Quorvian GmbH", "Quorvian Handel GmbH"), "Quorvian", "", {"Quorvian GmbH"}),
        # The words of a group's own name make no other company of it.
        (("Quorvian", "Quorvian Group"), "Quorvian", "", {"Quorvian", "Quorvian Group"}),
    ],
)
def test_a_name_of_one_company_or_with_its_domain_is_certain(
    stored: tuple[str, ...], name: str, domain: str, same: set[str]
) -> None:
    found = _outcomes(stored, name, domain)
    assert {one for one, outcome in found.items() if outcome == "same"} == same


HAMBURG = ("Nordwind Maschinenbau GmbH", "Nordwind Maschinenbau Hamburg GmbH")


@pytest.mark.parametrize(
    ("stored", "companies", "outcomes"),
    [
        (HAMBURG, "aa", ["same"]),
        (HAMBURG, "ab", ["review", "review"]),
        # A row of the very name counts for its company, too.
        (("Nordwind", *HAMBURG), "aaa", ["same"]),
        (("Nordwind", HAMBURG[0]), "ab", ["review", "same"]),
        ((*HAMBURG, "Nordwind Logistik GmbH"), "aab", ["review", "review"]),
        (HAMBURG, "a.", ["same"]),
        (HAMBURG, "..", []),
    ],
)
def test_companies_count_not_their_names(
    stored: tuple[str, ...], companies: str, outcomes: list[str]
) -> None:
    found = _outcomes(stored, "Nordwind", companies=companies)
    assert sorted(found.values()) == outcomes


def test_companies_of_one_name_are_several() -> None:
    rows = [
        MatchRecord(0, "Nordwind Maschinenbau GmbH", city="Hamburg"),
        MatchRecord(1, "Nordwind Maschinenbau GmbH", city="Passau"),
    ]
    asked = MatchRecord("", "Nordwind")
    found, compared = look_up(ListedIndex(rows), asked, Strictness.BALANCED, SHIPPED, str, 10)
    assert [str(one.outcome) for one in found] == ["review", "review"]
    assert compared == 2
