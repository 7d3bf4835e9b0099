"""Common surnames that are spelled nearly alike are two companies until a place or contact agrees."""

from collections import Counter
from dataclasses import replace

import pytest

from dedupe.data_files import document
from dedupe.engine import cluster
from dedupe.outcome import Outcome
from dedupe.record import MatchRecord
from dedupe.words import words

SCHMIDT = MatchRecord(1, "Schmidt Metalltechnik", country="DE")
SCHMITT = MatchRecord(2, "Schmitt Metalltechnik GmbH", country="DE")

# What both rows state, and whether that makes them one company.
AGREES = [
    ({}, False, "only the country agrees"),
    ({"domains": ("schmidt-metall.example",)}, True, "one domain"),
    ({"phones": ("+4971155501230",)}, True, "one phone number"),
    ({"street": "Ring 8"}, True, "one street and number"),
    ({"city": "Stuttgart"}, True, "a slip in one town"),
]


@pytest.mark.parametrize(("stated", "together", "why"), AGREES)
def test_two_surnames_are_one_company_if_a_place_or_contact_agrees(
    stated: dict[str, object], together: bool, why: str
) -> None:
    rows = [replace(row, **stated) for row in (SCHMIDT, SCHMITT)]  # type: ignore[arg-type]
    for order in (rows, rows[::-1]):
        assert (len(cluster(order).clusters) == 1) is together, why


def test_a_person_is_asked_about_two_surnames() -> None:
    found = cluster([SCHMIDT, SCHMITT])
    assert found.review_with(1) == (2,)
    told = found.explain(1, 2)
    assert told.outcome is Outcome.REVIEW
    assert "surnames" in str(told)


def test_each_surname_is_in_one_line_and_is_compared_as_it_is_written() -> None:
    listed = [word for line in document("surnames.yaml")["alike"] for word in line]
    assert {word: times for word, times in Counter(listed).items() if times > 1} == {}
    assert not words().same.keys() & set(listed)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)
