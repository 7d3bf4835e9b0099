import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.signs import PATTERNS, known_signs, needed, signs_in
from enrich.tables import words


def test_the_signs_of_a_text_are_those_that_it_contains() -> None:
    said = "impressum der beispiel aktiengesellschaft, hrb 5, iso 9001, fusión, société ünïq"
    assert signs_in(said) == {sign for sign in known_signs() if sign in said}


@given(st.text(max_size=40), st.sampled_from(known_signs()), st.text(max_size=40))
def test_a_sign_is_found_in_any_text(before: str, sign: str, after: str) -> None:
    assert sign in signs_in(f"{before}{sign}{after}")


@pytest.mark.parametrize(("table", "key"), PATTERNS)
def test_every_pattern_has_a_sign(table: str, key: str) -> None:
    assert "" not in needed(table, key)


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ("headcount", "labels", "anzahl der mitarbeiter"),
        ("headcount", "labels", "nombre d'employés"),
        ("headcount", "nouns", "kolleginnen und kollegen"),
        ("headcount", "weak_nouns", "osób"),
        ("founded", "sure", "ιδρύθηκε"),
        ("founded", "since", "od roku"),
        ("names", "parents", "une société du groupe"),
        ("brands", "own", "unsere eigenmarken"),
    ],
)
def test_what_a_pattern_matches_has_its_sign(table: str, key: str, said: str) -> None:
    assert any(re.fullmatch(pattern, said) for pattern in words(table)[key])
    assert needed(table, key) & signs_in(said)
