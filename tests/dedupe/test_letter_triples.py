"""A slip leaves letters in a row that no word has; two names do not."""

import pytest

from dedupe.letter_triples import one_is_mistyped


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("binstar", "bnstar", "no word begins like that"),
        ("quorvian", "qourvian", "letters changed places"),
        ("glider", "glidrr", "a letter twice at the end"),
    ],
)
def test_a_slip_is_seen(one: str, other: str, why: str) -> None:
    assert one_is_mistyped(one, other), why
    assert one_is_mistyped(other, one), why


@pytest.mark.parametrize(
    ("one", "other"), [("medium", "meldium"), ("medion", "meldion"), ("kalix", "kalux")]
)
def test_two_names_are_no_slip(one: str, other: str) -> None:
    assert not one_is_mistyped(one, other)
    assert not one_is_mistyped(other, one)
