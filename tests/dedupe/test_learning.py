"""What answers teach the weights, and what a model file may hold."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.ceiling import CEILINGS
from dedupe.engine import cluster
from dedupe.features import FEATURES
from dedupe.learned import SHIPPED, Learned
from dedupe.learning.answers import Answer, check_enough, contradictions, without
from dedupe.learning.cluster_diff import diff
from dedupe.learning.drawing import draw, in_turn
from dedupe.learning.examples import COLUMNS, NONE, Examples, examples_of, usable
from dedupe.learning.fitting import Figures, Trial, fit, odds_with, tried
from dedupe.learning.model import Counted, Model, weights_of
from dedupe.learning.model_file import read_model, write_model
from dedupe.record import Decisions, MatchRecord
from leads.company_kind import CompanyIs
from leads.errors import UsageError

KIND = CompanyIs.LEGAL_ENTITY
ROWS = [
    MatchRecord("a", "Zyxwell Robotics", domains=("zyxwell.example",), country="GB"),
    MatchRecord("b", "Zyxwell Robotics", domains=("zyxwell-robotics.test",), country="GB"),
    MatchRecord("c", "Quorvian Paper AG", country="DE"),
    MatchRecord("d", "Quorvian Paper GmbH", country="DE"),
    MatchRecord("e", "Quorvian Energy AG", country="DE"),
    MatchRecord("f", "Hollerith Dental", city="Exton"),
]
FOUND = cluster(ROWS)


def said(left: str, right: str, *, same: bool, by: str = "ann") -> Answer:
    return Answer(left, right, same, by)


def made_examples(seed: int, *, bias: float = 1.5, count: int = 80) -> Examples:
    """Pairs whose truth is more generous than the shipped weights by a bias."""
    rng = np.random.default_rng(seed)
    measures = rng.random((count, COLUMNS)) * (rng.random((count, COLUMNS)) < 0.3)
    measures[:, 0] = 1
    shipped = rng.normal(0, 2, count)
    same = (shipped + bias + rng.logistic(size=count) > 0).astype(float)
    return Examples(measures, shipped, same, np.ones(count), np.arange(count) % 5)


def test_without_answers_the_shipped_weights_stand() -> None:
    assert fit(NONE, KIND) == SHIPPED
    assert not SHIPPED.changes
    again = cluster(ROWS, learned=fit(examples_of(FOUND, []), KIND))
    assert again.clusters == FOUND.clusters
    assert np.array_equal(again.compared.odds, FOUND.compared.odds)


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_answers_and_sides_does_not_matter(rnd: random.Random) -> None:
    answers = [said("a", "b", same=True), said("c", "d", same=False), said("c", "e", same=False)]
    mixed = [
        replace(one, left=one.right, right=one.left) if rnd.random() < 0.5 else one
        for one in rnd.sample(answers, len(answers))
    ]
    one, other = (examples_of(FOUND, usable(FOUND, some)) for some in (answers, [*mixed, mixed[0]]))
    assert fit(one, KIND) == fit(other, KIND)
    assert fit(one, KIND).changes


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_move_the_weights_where_they_point(seed: int) -> None:
    examples = made_examples(seed)
    learned = fit(examples, KIND)
    assert learned.prior > 0.5
    assert odds_with(learned, examples).mean() > examples.shipped.mean()
    assert tried(examples, KIND).is_better
    few = fit(examples.take(np.arange(len(examples)) < 4), KIND)
    assert abs(few.prior) < learned.prior


@pytest.mark.parametrize(("loss", "is_guess"), [(0.2, False), (0.69, False), (0.7, True)])
def test_a_model_that_a_coin_equals_is_called_a_guess(loss: float, is_guess: bool) -> None:
    trial = Trial(loss=loss, right=0.5, precision=0.5, recall=0.5)
    assert Figures(shipped=trial, learned=trial).is_guess is is_guess


def test_a_weight_keeps_its_sign_whatever_is_answered() -> None:
    examples = made_examples(3)
    turned = replace(examples, measures=examples.measures * 20, same=1 - examples.same)
    learned = fit(turned, KIND)
    for feature, added in zip(FEATURES, learned.weights, strict=True):
        weight = feature.weight_for(KIND)
        assert weight == 0 or (weight + added) * weight >= 0, feature.name


def test_an_answer_about_many_pairs_weighs_as_one() -> None:
    one = examples_of(FOUND, [said("c", "e", same=False)])
    word = [replace(said("c", other, same=False), word="w") for other in ("d", "e")]
    many = examples_of(FOUND, word)
    assert (one.weight.sum(), many.weight.sum()) == (1, 1)


def test_pairs_that_teach_nothing_are_left_out() -> None:
    answers = [
        said("a", "b", same=True),
        said("a", "f", same=False),  # Never compared.
        said("a", "gone", same=True),
    ]
    assert usable(FOUND, answers) == answers[:1]


CLASHES = [
    ([("a", "b", True), ("a", "b", False)], [("a", "b", 1)]),
    ([("a", "b", True), ("b", "c", True), ("c", "a", False)], [("c", "a", 2)]),
    ([("a", "b", True), ("b", "c", False), ("a", "c", False)], []),
    ([("a", "b", True), ("c", "d", True), ("a", "c", False)], []),
]


@pytest.mark.parametrize(("given_answers", "expected"), CLASHES)
def test_contradictions_are_named_with_both_sides(
    given_answers: list[tuple[str, str, bool]], expected: list[tuple[str, str, int]]
) -> None:
    answers = [said(left, right, same=same) for left, right, same in given_answers]
    found = contradictions(answers)
    told = [(one.different.left, one.different.right, len(one.same)) for one in found]
    assert told == expected
    assert len(without(answers, found)) == (len(answers) if not expected else 0)


ENOUGH = [
    (3, 0, "3 of 50 answers can be learned from: 47 are missing"),
    (50, 2, "2 of 5 answers 'different': 3 are missing"),
    (1, 60, "1 of 5 answers 'same': 4 are missing"),
]


@pytest.mark.parametrize(("same", "different", "expected"), ENOUGH)
def test_too_few_answers_are_refused_with_how_many_are_missing(
    same: int, different: int, expected: str
) -> None:
    answers = [said(f"a{at}", "x", same=True) for at in range(same)]
    answers += [said(f"b{at}", "x", same=False) for at in range(different)]
    with pytest.raises(UsageError, match=expected):
        check_enough(answers, "answer more")


def test_each_kind_of_disagreement_has_its_turn() -> None:
    kinds, odds = ["x", "x", "x", "y", "z"], [0.1, -0.2, 0.3, -2.0, 1.0]
    assert in_turn(kinds, odds) == [0, 4, 3, 1, 2]


def test_pairs_are_drawn_once_and_the_same_each_time() -> None:
    drawn = draw(FOUND, 10)
    assert drawn == draw(cluster(list(reversed(ROWS))), 10)
    pairs = [frozenset((one.left, one.right)) for one in drawn]
    assert len(set(pairs)) == len(pairs) > 2
    assert pairs[0] not in [frozenset((one.left, one.right)) for one in draw(FOUND, 10, pairs[:1])]
    decided = tuple((one.left, one.right) for one in drawn)
    assert draw(cluster(ROWS, decisions=Decisions(unsure=decided)), 10) == []


LEARNED = Learned(
    "model 3",
    0.5,
    tuple(0.25 if one.name == "same country" else 0.0 for one in FEATURES),
    tuple(1.25 for _ in CEILINGS),
)


def test_an_explanation_names_the_model_and_adds_up_to_the_score() -> None:
    found = cluster(ROWS, learned=LEARNED)
    for edge in found.edges:
        told = found.explain(edge.left, edge.right)
        assert told.odds == pytest.approx(edge.odds, abs=0.02)
        assert sum(line.odds for line in told.lines) == pytest.approx(told.odds, abs=0.05)
        assert any(line.sentence.startswith("model 3 learned") for line in told.lines)
    plain = {(one.left, one.right): one.odds for one in FOUND.edges}
    assert any(one.odds - plain[one.left, one.right] > 1.5 for one in found.edges)


def test_a_diff_counts_merges_and_splits_with_examples() -> None:
    generous, strict = (cluster(ROWS, learned=replace(LEARNED, prior=by)) for by in (9.0, -20.0))
    told = diff(FOUND, generous, 1)
    assert told.merged > 0
    assert told.after == told.before - told.merged
    assert len(told.merges) == 1
    assert told.merges[0].odds_before <= 0 < told.merges[0].odds_after
    back = diff(generous, strict, 3)
    assert back.split == back.after - back.before > 0
    assert diff(FOUND, FOUND, 3).merges == ()


TRIAL = Trial(loss=0.4, right=0.9, precision=0.9, recall=0.8)
MODEL = Model(KIND, replace(LEARNED, name=""), Counted(40, 20, 2, 1), Figures(TRIAL, TRIAL))


def test_a_model_file_gives_the_model_back() -> None:
    text = write_model(MODEL)
    assert read_model(text, "m.json") == MODEL
    assert write_model(read_model(text, "m.json")) == text
    names = [one.name for one in weights_of(MODEL)]
    assert names[0].startswith("told apart: ")
    assert {"prior", "same country"} <= set(names)


def signed(**changes: object) -> str:
    """A model file with other values and a right checksum, as a program could write it."""
    from dedupe.learning import model_file

    document = json.loads(write_model(MODEL)) | changes
    del document["checksum"]
    return json.dumps(document | {"checksum": model_file._checksum(document)})


REFUSED = [
    ("", "is not a match model"),
    ("[" * 100_000, "is not a match model"),
    ('{"sluice": "other"}', "is not a match model"),
    (write_model(MODEL).replace("0.5", "4.5"), "its checksum is wrong"),
    (signed(format=2), "of format 2, and this version of Sluice reads format 1"),
    (signed(matcher="0" * 12), "fitted to the weights of another version"),
    (signed(company_is="planet"), "'planet' is no kind of company"),
    (signed(adds={"prior": 1e9, "features": {}, "told_apart": {}}), "adds.prior"),
    (signed(adds={"prior": 0.0, "features": {"charm": 1.0}, "told_apart": {}}), "'charm' is no"),
    (signed(more=1), "more: "),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_another_file_is_refused_with_the_way_out(text: str, expected: str) -> None:
    with pytest.raises(UsageError, match=expected) as refused:
        read_model(text, "m.json")
    assert refused.value.message.startswith("m.json")
    assert "sluice dedupe fit" in (refused.value.hint or "")
