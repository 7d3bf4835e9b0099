"""Strictness decides what merges; pairs just below a merge are for review."""

import pytest

from dedupe.engine import Clustering, cluster
from dedupe.outcome import REVIEWED, Outcome, Strictness, outcome_of
from dedupe.record import Decisions, MatchRecord
from leads.errors import UsageError

ROWS = [
    MatchRecord(1, "Quorvian Robotics GmbH", country="DE"),
    MatchRecord(2, "Quorvian Robotic", country="DE"),
    MatchRecord(3, "Brandix Catering", country="DE"),
    MatchRecord(4, "Brandix Catering Services Nord", country="DE"),
    MatchRecord(5, "Zyxwell", country="GB"),
    MatchRecord(6, "International Tarnwick Machines", country="GB"),
    MatchRecord(7, "ITM", country="GB"),
]


@pytest.mark.parametrize(
    ("odds", "outcome"),
    [
        (0.1, Outcome.SAME),
        (0.0, Outcome.REVIEW),
        (-REVIEWED + 0.1, Outcome.REVIEW),
        (-REVIEWED, Outcome.DIFFERENT),
    ],
)
def test_the_outcome_follows_from_the_odds(odds: float, outcome: Outcome) -> None:
    assert outcome_of(odds) is outcome


def at_odds(strictness: Strictness) -> Clustering:
    return cluster(ROWS, strictness=strictness)


def test_stricter_matching_takes_a_constant_off_every_pair() -> None:
    odds = [at_odds(one).explain(1, 2).odds for one in Strictness]
    assert odds == sorted(odds)
    for one in Strictness:
        explained = at_odds(one).explain(1, 2)
        assert abs(sum(line.odds for line in explained.lines) - explained.odds) < 0.05


def test_a_pair_for_review_names_both_rows_and_is_not_merged() -> None:
    assert at_odds(Strictness.CAREFUL).review_with(6) == (7,)
    for strictness in Strictness:
        found = at_odds(strictness)
        for edge in found.review_pairs:
            assert outcome_of(edge.odds) is not Outcome.DIFFERENT
            assert edge.right in found.review_with(edge.left)
            assert edge.left in found.review_with(edge.right)
            assert not any({edge.left, edge.right} <= set(keys) for keys in found.clusters)


def test_a_merged_row_has_a_score_and_a_row_alone_has_none() -> None:
    found = at_odds(Strictness.GREEDY)
    assert found.score(5) is None
    assert 0.5 < (found.score(1) or 0) <= 1


def test_what_a_person_called_different_is_not_for_review() -> None:
    open_ = cluster(ROWS, strictness=Strictness.CAREFUL)
    asked = tuple((edge.left, edge.right) for edge in open_.review_pairs)
    assert asked
    decided = cluster(ROWS, strictness=Strictness.CAREFUL, decisions=Decisions(different=asked))
    assert not {(edge.left, edge.right) for edge in decided.review_pairs} & set(asked)


def test_an_unknown_strictness_is_named() -> None:
    with pytest.raises(UsageError, match="'lenient'"):
        cluster(ROWS, strictness="lenient")


HIGH_STREET, LOW_ROAD = "12 High St", "98 Low Rd"


@pytest.mark.parametrize(
    ("left", "right", "street", "asked"),
    [
        ("Nordwind Shipping Ltd", "Nordwind Umbrella Ltd", LOW_ROAD, False),
        ("Nordwind Ltd", "Nordwind Umbrella Ltd", LOW_ROAD, False),
        ("LGC Ltd", "Lindum Gravel Company Ltd", LOW_ROAD, False),
        ("Nordwind Ltd", "Nordwind Umbrella Ltd", "", True),
    ],
)
def test_nobody_is_asked_about_another_full_name_at_another_address(
    left: str, right: str, street: str, asked: bool
) -> None:
    one = MatchRecord(1, left, country="GB", street=HIGH_STREET)
    found = cluster([one, MatchRecord(2, right, country="GB", street=street)])
    assert len(found.clusters) == 2
    assert bool(found.review_pairs) is asked
