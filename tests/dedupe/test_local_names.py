"""Cities beyond equality: misspelled ones, and names that several cities have."""

import pytest

from dedupe.engine import cluster
from dedupe.record import MatchRecord


def _clusters(*rows: tuple[str, str]) -> list[list[str | int]]:
    return cluster(
        [MatchRecord(at, name, city=city) for at, (name, city) in enumerate(rows)]
    ).clusters


@pytest.mark.parametrize("typo", ["Ostwcik", "Ostwik", "Ostwickk"])
def test_a_misspelled_city_is_no_other_city(typo: str) -> None:
    rows = [("Hotel Mogara", "Ostwick"), ("Hotel Mogara", typo)]
    assert _clusters(*rows) == [[0, 1]]


def test_known_cities_one_letter_apart_differ() -> None:
    assert _clusters(("Hotel Mogara", "Lille"), ("Hotel Mogara", "Lillc")) == [[0, 1]]
    assert _clusters(("Hotel Mogara", "Milan"), ("Hotel Mogara", "Milas")) == [[0, 1]]
    assert _clusters(("Hotel Mogara", "Dublin"), ("Hotel Mogara", "Lublin")) == [[0], [1]]


def test_a_local_trade_in_two_cities_is_two_companies() -> None:
    assert _clusters(("Hotel Mogara", "Ostwick"), ("Hotel Mogara", "Tarnford")) == [[0], [1]]


def test_a_row_without_a_city_joins_no_name_of_several_cities() -> None:
    rows = [("Hotel Mogara", "Ostwick"), ("Hotel Mogara", "Tarnford"), ("Hotel Mogara", "")]
    assert [2] in _clusters(*rows)
    assert _clusters(rows[0], rows[2]) == [[0, 1]]
