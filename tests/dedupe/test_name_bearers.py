"""A group with one name in many countries is compared with its other names in each of them."""

import pytest

from dedupe.engine import cluster
from dedupe.record import MatchRecord

COUNTRIES = ("AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "PL", "SE")


@pytest.mark.parametrize("country", ["AT", "IT", "SE"])
def test_each_country_finds_its_other_name(country: str) -> None:
    group = [MatchRecord(at, "Quorvian", country=code) for at, code in enumerate(COUNTRIES)]
    other = MatchRecord(99, "Quorvian Robotik", country=country)
    found = cluster([*group, other])
    assert found.were_compared(COUNTRIES.index(country), 99)
    met = [keys for keys in found.clusters if 99 in keys]
    assert met in ([[99]], [[COUNTRIES.index(country), 99]])
