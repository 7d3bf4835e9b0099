"""A word behind a name that several companies share is another company, whatever the place says."""

import pytest

from dedupe.engine import cluster
from dedupe.outcome import Outcome, outcome_of
from dedupe.record import MatchRecord
from dedupe.shared_names import is_slip_of_form

SAME, REVIEW = Outcome.SAME, Outcome.REVIEW

PAIRS = [
    ("Siemens", "Siemens Energy", REVIEW, "a house and a division"),
    ("Siemens AG", "Siemens Energy", REVIEW, "only one has a legal form"),
    ("Siemens", "Siemens Mobility GmbH", REVIEW, "only the other has one"),
    ("Royal Philips", "Philips Lighting", REVIEW, "a word in front that tells nothing"),
    ("Marks & Spencer", "Marks and Spencer Money", REVIEW, "a house of two words"),
    ("Siemens", "Siemens Zyxwell", REVIEW, "a brand behind a house"),
    ("Medium", "Medium Biosciences", REVIEW, "a word of the language"),
    ("Nova", "Zyxwell Nova", REVIEW, "a word in front of a word of the language"),
    ("Vodafone", "VodafoneZiggo", REVIEW, "one word that goes on behind a house"),
    ("Novo Nordisk", "Novo Banco", REVIEW, "a word behind a shared name in each"),
    ("Quorvian", "Quorvian Zyxwell", REVIEW, "a brand behind any single word"),
    ("Siemens", "Siemnes", SAME, "a slip in a house"),
    ("Siemens", "Werner Siemens", SAME, "a word in front of a house"),
    ("Schmidt", "Schmidt Optics", REVIEW, "a surname"),
    ("Quorvian", "Quorvian Energy", REVIEW, "a division behind any word"),
    ("Quorvian", "Quorvian Biosciences", SAME, "what a rare name does"),
    ("Quorvian", "Quorvian Systems GmbH", SAME, "what a rare name does"),
    ("Siemens", "Siemens AG", SAME, "a legal form"),
    ("Siemens", "Siemens Grp. AG", SAME, "a word for the whole"),
    ("Siemens", "Siemens Holding", SAME, "a word for the whole"),
    ("Ford", "Ford Motor Company", SAME, "a word of its own name"),
    ("Siemens", "Siemens Germany", SAME, "its own country"),
    ("Celanese Corp.", "Celanese Ckrp.", SAME, "a slip of the legal form"),
]


@pytest.mark.parametrize("city", ["", "Exton"])
@pytest.mark.parametrize(("left", "right", "expected", "why"), PAIRS)
def test_a_place_does_not_outvote_a_word_behind_a_shared_name(
    left: str, right: str, expected: Outcome, why: str, city: str
) -> None:
    rows = [MatchRecord(at, name, country="DE", city=city) for at, name in enumerate((left, right))]
    for found in (cluster(rows), cluster(rows[::-1])):
        assert outcome_of(found.explain(0, 1).odds) is expected, why


@pytest.mark.parametrize(
    ("left", "right"), [("Siemens", "Siemens Energy"), ("Medium", "Medium Biosciences")]
)
def test_a_shared_domain_outvotes_the_word(left: str, right: str) -> None:
    one = MatchRecord(1, left, country="DE", domains=("nordwind.example",))
    other = MatchRecord(2, right, country="DE", domains=("nordwind.example",))
    assert len(cluster([one, other]).clusters) == 1


@pytest.mark.parametrize(
    ("word", "slip"), [("ckrp", True), ("incv", True), ("jio", False), ("jones", False)]
)
def test_a_slip_of_a_form_is_one_letter_away(word: str, slip: bool) -> None:
    assert is_slip_of_form(word) is slip
