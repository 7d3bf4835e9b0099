"""Reports on pairs: why rows match, why two companies are two, and which pairs are doubtful."""

from dedupe.blocking_explained import explain_keys
from dedupe.engine import cluster
from dedupe.record import Decisions, MatchRecord
from dedupe.reports import explain_company, explain_separation, report_doubts
from dedupe.review import Kind, doubtful

CHAIN = [
    MatchRecord("a", "Zyxwell Robotics"),
    MatchRecord("b", "Zyxwell Robotics", aliases=("Brandix Automation Ltd",)),
    MatchRecord("c", "Brandix Automation Ltd"),
    MatchRecord("d", "Quorvian Paper AG"),
    MatchRecord("e", "Quorvian Paper GmbH"),
    MatchRecord("f", "Hollerith Dental"),
]


def test_a_chain_is_held_together_by_its_steps() -> None:
    found = cluster(CHAIN)
    pairs = explain_company(found, ["a", "b", "c"])
    assert [(pair.left, pair.right) for pair in pairs] == [("a", "b"), ("b", "c")]
    assert all(pair.odds > 0 and pair.compared for pair in pairs)
    assert all(abs(sum(line.odds for line in pair.waterfall) - pair.odds) < 0.05 for pair in pairs)


def test_a_pair_that_meets_by_an_alias_is_explained_by_it() -> None:
    explained = cluster(CHAIN).explain("b", "c")
    assert explained.together
    assert "by another name" in [line.feature for line in explained.lines]


def test_equal_rows_are_held_together_by_being_equal() -> None:
    found = cluster([MatchRecord(at, "Zyxwell") for at in (1, 2, 3)])
    pairs = explain_company(found, [1, 2, 3])
    assert [(pair.left, pair.right) for pair in pairs] == [(1, 2), (1, 3)]
    assert pairs[0].waterfall[0].feature == "same row"


def test_two_companies_are_kept_apart_by_what_weighs_against() -> None:
    report = explain_separation(cluster(CHAIN), ["d"], ["e"])
    assert report.pair.compared
    assert report.why == "the legal forms differ"


def test_two_companies_that_no_key_brought_together() -> None:
    names = [
        f"{letter}{vowel}norp {vowel}x{letter}"
        for letter in "BCDFGHJKLMNPRSTVWXZ"
        for vowel in "aeiou"
    ]
    records = [*CHAIN, *(MatchRecord(name, name) for name in names)]
    report = explain_separation(cluster(records), ["c"], ["f"])
    assert not report.pair.compared
    assert report.why == "they were never compared: no key paired them"
    assert not any(key.together for key in report.pair.keys)


def test_a_persons_word_is_the_reason() -> None:
    found = cluster(CHAIN, decisions=Decisions(different=(("a", "b"),)))
    assert explain_separation(found, ["a"], ["b"]).why == (
        "a person decided that they are two companies"
    )


def test_every_key_says_what_it_found() -> None:
    found = cluster(CHAIN)
    told = {key.key: key for key in explain_keys(found, "d", "e")}
    assert told["name"].together
    assert "spelling order" not in told
    told = {
        key.key: key
        for key in explain_keys(cluster([*CHAIN, MatchRecord("g", "Quorvian Papers")]), "d", "g")
    }
    assert told["first six letters"].together
    assert not told["name"].together
    assert told["domain"].says == "one of them has no value that other rows share"


def test_a_crowd_compares_neighbours_only() -> None:
    crowd = [
        MatchRecord(at, f"{chr(97 + at % 26)}{at}x Corp", domains=("shared.example",))
        for at in range(200)
    ]
    found = cluster(crowd)
    told = next(key for key in explain_keys(found, 0, 25) if key.key == "domain")
    assert not told.together
    assert "200 share 'shared.example', so only neighbours are compared" in told.says


def test_neighbours_whose_letters_are_unlike_were_not_compared() -> None:
    found = cluster([MatchRecord("a", "Aquorvian Paper"), MatchRecord("b", "Zyxwell Robotics")])
    report = explain_separation(found, ["a"], ["b"])
    assert not report.pair.compared
    assert report.why == "they were never compared: no key paired them"
    neighbours = {key.key: key.says for key in report.pair.keys}
    assert (
        neighbours["spelling order"] == "they are neighbours, but their letters are too different"
    )


DOUBTS = [
    MatchRecord(1, "Prismol Labs", city="Exton", country="GB"),
    MatchRecord(2, "Prismol", city="Exton", country="GB"),
    MatchRecord(3, "Quorvian", domains=("quorvian.example",)),
    MatchRecord(4, "Quorvian", domains=("quorvian.test",), city="Exton"),
    MatchRecord(5, "Hollerith Dental"),
]


def test_the_most_doubtful_come_first_and_decided_pairs_not_at_all() -> None:
    found = cluster(DOUBTS)
    doubts = doubtful(found, 10)
    assert [abs(doubt.odds) for doubt in doubts] == sorted(abs(doubt.odds) for doubt in doubts)
    assert {3, 4} in [{doubt.left, doubt.right} for doubt in doubts]
    assert 5 not in {key for doubt in doubts for key in (doubt.left, doubt.right)}
    decided = cluster(DOUBTS, decisions=Decisions(different=((3, 4),)))
    assert {3, 4} not in [{doubt.left, doubt.right} for doubt in doubtful(decided, 10)]


def test_doubts_say_what_is_for_and_against() -> None:
    (pair,) = [
        pair
        for pair in report_doubts(cluster(DOUBTS), 10)
        if {pair.doubt.left, pair.doubt.right} == {3, 4}
    ]
    assert pair.doubt.kind == Kind.NEAR
    assert pair.reasons_against == ("the domains differ",)
    assert pair.reasons_for == ("the names are the same",)
    assert len(doubtful(cluster(DOUBTS), 1)) == 1


def test_the_likeliest_of_many_pairs_is_that_with_the_highest_waterfall() -> None:
    left = [
        MatchRecord("a", "Zyxwell Robotics GmbH", country="DE"),
        MatchRecord("b", "Quorvian", aliases=("Zyxwell Paper",), country="DE"),
        MatchRecord("c", "Zyxwell Robotics GmbH", country="DE"),
    ]
    right = [
        MatchRecord("d", "Zyxwell Robotics AG", country="DE"),
        MatchRecord("e", "Zyxwell Paper", aliases=("Brandix",), country="FR"),
        MatchRecord("f", "Hollerith Dental"),
    ]
    found = cluster([*left, *right])
    pairs = [(one.key, other.key) for one in left for other in right]
    assert found.likeliest(pairs) == max(pairs, key=lambda pair: found.explain(*pair).odds)
    assert found.likeliest([*pairs, ("a", "c")]) == ("a", "c"), "equal rows come first"
    assert found.compared_among(pairs) == [pair for pair in pairs if found.were_compared(*pair)]
    assert 0 < len(found.compared_among(pairs)) < len(pairs)
