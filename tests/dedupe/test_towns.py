"""Where a company is: one city under many names, and names that every town has."""

import pytest

from dedupe.engine import cluster
from dedupe.explain import explain_pair
from dedupe.record import MatchRecord

CITIES = [
    ("München", "Munich", "same city", "a name in another language"),
    ("München", "Muenchen", "same city", "an umlaut spelled out"),
    ("Lübeck", "Luebeck", "same city", "the same in a city that no table has"),
    ("Exton", "EXTON", "same city", "capitals"),
    ("Frankfurt", "Frankfurt am Main", "", "a name and its beginning"),
    ("Exton, CO", "Exton", "", "a state behind the name"),
    ("Exton", "Extonville", "cities differ", "a word that only begins alike"),
    ("San Exton", "San Wyeford", "cities differ", "a first word that many cities have"),
    ("Exton", "Wyeford", "cities differ", "two cities"),
    ("Exton", "", "", "a city that is not known"),
]


@pytest.mark.parametrize(
    ("one", "other", "says", "remark"), CITIES, ids=[remark for *_, remark in CITIES]
)
def test_how_two_cities_stand(one: str, other: str, says: str, remark: str) -> None:
    told = explain_pair(MatchRecord(1, "Zyxwell", city=one), MatchRecord(2, "Zyxwel", city=other))
    assert [
        line.feature for line in told.lines if line.feature in ("same city", "cities differ")
    ] == [says] * bool(says), remark


# name, whether it is one company in two cities, remark
NAMES = [
    ("Zyxwell Robotics GmbH", True, "a name that nobody else has"),
    ("Hotel Quorvian", True, "a common word and one that nobody else has"),
    ("Hotel Post", False, "an inn of any town"),
    ("Apotheke am Markt", False, "a shop of any town"),
    ("Autohaus Schmidt GmbH", False, "a trade and a name that many people have"),
    ("St Mary Primary School", False, "a school of any parish"),
    ("First National Bank", False, "common words alone"),
]


@pytest.mark.parametrize(
    ("name", "together", "remark"), NAMES, ids=[remark for *_, remark in NAMES]
)
def test_one_name_in_two_cities(name: str, together: bool, remark: str) -> None:
    found = cluster(
        [
            MatchRecord(1, name, country="DE", city="Exton"),
            MatchRecord(2, name, country="DE", city="Wyeford"),
        ]
    )
    assert (len(found.clusters) == 1) is together, f"{remark}: {found.explain(1, 2)}"


@pytest.mark.parametrize("name", [name for name, *_ in NAMES])
def test_any_name_is_one_company_in_one_city(name: str) -> None:
    assert (
        len(
            cluster(
                [
                    MatchRecord(1, name, country="DE", city="Exton"),
                    MatchRecord(2, name.upper(), city="Exton"),
                ]
            ).clusters
        )
        == 1
    )


def test_two_inns_of_a_city_stand_at_two_addresses() -> None:
    rows = [
        MatchRecord(1, "Pizzeria Roma", city="Exton", street="Mill Lane 1"),
        MatchRecord(2, "Pizzeria Roma", city="Exton", street="Low Rd 9"),
    ]
    assert len(cluster(rows).clusters) == 2


def test_a_country_tells_less_beside_the_same_city() -> None:
    """Who is in one city is in one country, so the two are not told as two reasons."""
    alone, beside = (
        next(line.odds for line in explain_pair(*pair).lines if line.feature == "same country")
        for pair in (
            (MatchRecord(1, "Zyxwell", country="DE"), MatchRecord(2, "Zyxwel", country="DE")),
            (
                MatchRecord(1, "Zyxwell", country="DE", city="Exton"),
                MatchRecord(2, "Zyxwel", country="DE", city="Exton"),
            ),
        )
    )
    assert 0 < beside < alone
