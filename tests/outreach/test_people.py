"""Whether texts name a person: in any order and case, and not somebody whose name is longer."""

import pytest

from outreach.people import fragment, is_named


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("ask for Kim Doe", "Kim Doe", True),
        ("Doe, Kim (Buyer)", "Kim Doe", True),
        ("KIM  DOE", "kim doe", True),
        ("Doe, Kim A.", "Kim A. Doe", True),
        ("Kim Doerr", "Kim Doe", False),
        ("Akim Doe", "Kim Doe", False),
        ("Kim and Doe", "Kim Doe", False),
        ("met JÖRN ÅS", "Jörn Ås", True),
        ("met Jorn As", "Jörn Ås", True),
    ],
)
def test_a_text_names_a_person(text: str, name: str, named: bool) -> None:
    assert is_named(text, name) is named


@pytest.mark.parametrize(
    ("name", "letters"), [("Kim Doerr", "doerr"), ("Jörn Ås", "rn"), ("Ким Доу", "")]
)
def test_a_database_looks_for_letters_that_it_finds_in_any_case(name: str, letters: str) -> None:
    assert fragment(name) == letters
