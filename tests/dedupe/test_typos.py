"""Words one slip apart share a code, and words nobody uses are read as the known ones they are a
slip of.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.corrections import corrections_of
from dedupe.typos import typo_codes
from dedupe.word_shapes import WordShapes

SLIPS = [
    ("mogara", "moagra", True, "two letters swapped"),
    ("overland", "ovreland", True, "swapped in the middle"),
    ("shasqi", "shadqi", True, "a neighbour on the keyboard"),
    ("aptuit", "apttuit", True, "a letter doubled"),
    ("octopart", "ctopart", True, "the first letter left out"),
    ("mogara", "mogara", True, "the same"),
    ("mogara", "magoro", False, "three letters differ"),
    ("abc", "abd", False, "too short for a slip to tell"),
    (
        "widgetsandgadgetsfactory",
        "widgetsandgadgetsfactori",
        False,
        "too long: the spelling order brings them together",
    ),
]


@pytest.mark.parametrize(("one", "other", "meet", "why"), SLIPS)
def test_words_one_slip_apart_share_a_code(one: str, other: str, meet: bool, why: str) -> None:
    codes, places = typo_codes([one, other], np.array([0, 1]))
    assert bool(set(codes[places == 0].tolist()) & set(codes[places == 1].tolist())) is meet, why


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=14), st.data())
def test_any_one_slip_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcxyz"))
    for slip in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ):
        codes, places = typo_codes([word, slip], np.array([0, 1]))
        assert set(codes[places == 0].tolist()) & set(codes[places == 1].tolist()), slip


MEANT = [
    ("medicne", "medical", "a letter left out of a spelling that is read as another"),
    ("technologievs", "technology", "a letter too many"),
    ("corpoartion", "corporate", "two letters swapped"),
    ("medicine", None, "a spelling the table knows"),
    ("zyxwell", None, "a name"),
    ("bamk", None, "too short to say"),
]


@pytest.mark.parametrize(("word", "known", "why"), MEANT)
def test_misspelled_trades_are_read_as_what_is_meant(
    word: str, known: str | None, why: str
) -> None:
    vocabulary = sorted({"bank", "corporate", "medical", "technology", word})
    found = corrections_of(
        vocabulary, np.ones(len(vocabulary), dtype=np.int64), WordShapes.of(vocabulary)
    )[vocabulary.index(word)]
    assert (vocabulary[found] if found >= 0 else None) == known, why


def test_a_word_that_many_names_have_is_a_word() -> None:
    vocabulary = ["medical", "medicne"]
    assert corrections_of(vocabulary, np.array([9, 9]), WordShapes.of(vocabulary)).tolist() == [
        -1,
        -1,
    ]
