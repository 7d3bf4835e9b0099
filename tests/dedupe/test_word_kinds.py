"""What a word means if only one of two names has it."""

import numpy as np
import pytest

from dedupe.word_kinds import Kind, is_compound_of, kinds_of
from dedupe.word_shapes import WordShapes


def kind_of(word: str, frequency: int = 1) -> int:
    vocabulary = [word]
    shapes = WordShapes.of(vocabulary)
    return int(kinds_of(vocabulary, np.array([frequency]), shapes, 10_000)[0])


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("the", Kind.NOTHING),
        ("group", Kind.WHOLE),
        ("leasing", Kind.ARM),
        ("bank", Kind.BODY),
        ("energy", Kind.TRADE),
        ("zement", Kind.TRADE),
        ("schweiz", Kind.PLACE),
        ("filiale", Kind.BRANCH),
        ("adler", Kind.NAME),
        ("m", Kind.LETTER),
        ("41", Kind.NUMBER),
        ("zyxwell", Kind.BRAND),
        ("stadtsparkasse", Kind.BODY | Kind.COMPOUND),
        ("carlsbergfondet", Kind.BODY | Kind.COMPOUND),
        ("limitde", Kind.NOTHING),
        ("corpp", Kind.NOTHING),
        ("corn", Kind.BRAND),
    ],
)
def test_a_word_has_a_kind(word: str, kind: int) -> None:
    assert kind_of(word) == kind


def test_a_frequent_word_is_no_slip_of_a_form() -> None:
    assert kind_of("corpp", frequency=40) == Kind.BRAND


@pytest.mark.parametrize(
    ("long", "short", "compound"),
    [
        ("zyxwellbank", "zyxwell", True),
        ("zyxwellsbank", "zyxwell", True),
        ("zyxwellian", "zyxwell", False),
        ("quorvianbank", "zyxwell", False),
    ],
)
def test_a_compound_begins_with_the_other_word(long: str, short: str, compound: bool) -> None:
    assert is_compound_of(long, short) is compound
