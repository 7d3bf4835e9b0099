"""Initials that everybody knows match the whole name in any list; others must be surprising."""

import pytest

from dedupe.data_files import document
from dedupe.engine import cluster
from dedupe.known_initials import known_pairs
from dedupe.record import MatchRecord

COUNTRIES = ("US", "DE", "FR", "GB", "JP", "IT")
AROUND = [
    MatchRecord(f"a{at}", f"Good Example {at} Trading", country=COUNTRIES[at % 6])
    for at in range(300)
]

PAIRS = [
    ("GE", "General Electric Company", True),
    ("P&G", "Procter & Gamble", True),
    ("UPS", "United Parcel Service, Inc.", True),
    ("GE", "General Electric Capital", False),
    ("GE", "Good Example", False),
]


@pytest.mark.parametrize(("short", "long", "together"), PAIRS)
def test_known_initials_match_in_a_list(short: str, long: str, together: bool) -> None:
    rows = [MatchRecord("s", short, country="US"), MatchRecord("l", long, country="US")]
    found = cluster([*AROUND, *rows])
    assert any({"s", "l"} <= set(keys) for keys in found.clusters) is together


def test_known_initials_need_more_than_the_name() -> None:
    rows = [MatchRecord(1, "GE", country="US"), MatchRecord(2, "General Electric", country="DE")]
    assert len(cluster(rows).clusters) == 2


def test_a_whole_name_says_nothing_more() -> None:
    cores = sorted(
        ["ge", "general electric", "general electric aviation", "general electric group"]
    )
    assert [cores[long] for _, long in sorted(known_pairs(cores))] == [
        "general electric",
        "general electric group",
    ]


def test_every_line_is_written_as_names_are_compared() -> None:
    for short, longs in document("initials.yaml").items():
        for name in (short, *longs):
            assert name == name.lower().strip()
            assert name.isascii()
