"""Place and contact do not outvote a word that tells companies apart; what identifies them does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.engine import Clustering, cluster
from dedupe.explain import explain_pair
from dedupe.features import FEATURES, GROUPS
from dedupe.outcome import Outcome, Strictness
from dedupe.record import MatchRecord

CITY = MatchRecord(1, "Nordhus AG", country="CH", city="Basel")
HOUSE = replace(CITY, street="Ring 8", postcode="4051", phones=("+41613001230",))

_OF_PLACE = [feature.name for feature in FEATURES if feature.group == "place"]

# The first name, the second, and why place must not merge them.
TOLD_APART = [
    ("Nordhus AG", "Nordhus Energie AG", "a trade"),
    ("Nordhus AG", "Nordhus Bank AG", "a bank"),
    ("Nordhus AG", "Nordhus Beteiligungs AG", "a holding"),
    ("Nordhus AG", "Nordhus Pensionskasse AG", "a pension fund"),
    ("Nordhus AG", "Nordhus Stiftung", "a foundation"),
    ("Nordhus AG", "Nordhus Schweiz AG", "a country"),
    ("Nordhus AG", "Nordhus Rexalin AG", "a brand"),
    ("Nordhus AG", "Nordhus Rexalin", "more than the name with its form"),
    ("Nordhus Bank AG", "Nordhus Bahn AG", "two known words one letter apart"),
    ("Nordhus Stadtwerke AG", "Nordhus Stadtbank AG", "two compounds"),
    ("Nordhus AG", "Nordhusfondet", "a compound of the other name"),
    ("First Nordhus AG", "Second Nordhus AG", "two ordinals"),
    ("Nordhus Pictures", "Nordhus Group", "a part and the whole"),
]


def outcome(
    left: MatchRecord,
    right: MatchRecord,
    *,
    company_is: str = "legal_entity",
    strictness: str = Strictness.BALANCED,
) -> tuple[Outcome, Clustering]:
    rows = [left, replace(right, key=2)]
    found = cluster(rows, company_is=company_is, strictness=strictness)
    return found.explain(1, 2).outcome, found


@pytest.mark.parametrize(("left", "right", "why"), TOLD_APART)
def test_one_city_does_not_outvote_a_telling_word(left: str, right: str, why: str) -> None:
    told, found = outcome(replace(CITY, name=left), replace(CITY, name=right))
    assert len(found.clusters) == 2, why
    assert told is not Outcome.SAME, why


TOWN = MatchRecord(1, "", country="US", city="Exton")
# The first name, its aliases, the second name, and why the town must not merge them.
TOWN_AGREES = [
    ("Medium", (), "Meldium", "two short names a letter apart"),
    ("Deepvolt", ("Ultrano",), "Ultrano", "a former name of one word"),
    ("Tarnwick", (), "S. A. Tarnwick", "a surname and initials"),
    ("S. B. Tarnwick", (), "S. A. Tarnwick", "two persons"),
    ("Sankel", (), "Sanzel", "another letter in a short name"),
    ("Orline", (), "Morline", "a letter in front of a short name"),
    ("Hotel Löwe Ltd", (), "Hotel Möwe Ltd", "two inns"),
    ("Quorvian Fund A", (), "Quorvian Fund B", "two letters"),
]


@pytest.mark.parametrize(("left", "aliases", "right", "why"), TOWN_AGREES)
def test_one_town_does_not_outvote_what_tells_short_names_apart(
    left: str, aliases: tuple[str, ...], right: str, why: str
) -> None:
    one = replace(TOWN, name=left, aliases=aliases)
    other = replace(TOWN, name=right)
    for first, second in ((one, other), (other, one)):
        told, found = outcome(first, second)
        assert len(found.clusters) == 2, why
        assert told is not Outcome.SAME, why


# Names that a slip explains if the town agrees, and why.
SLIPS_IN_ONE_TOWN = [
    ("Arpino", "Arppino", "a letter twice"),
    ("Shipper", "Shippe", "the last letter cut off"),
    ("Cook Quorvia Inc", "Eook Quorvia Inc", "a letter of a name with several words"),
]


@pytest.mark.parametrize(("left", "right", "why"), SLIPS_IN_ONE_TOWN)
def test_one_town_confirms_a_slip(left: str, right: str, why: str) -> None:
    one, other = replace(TOWN, name=left), replace(TOWN, name=right)
    assert outcome(one, other)[0] is Outcome.SAME, why
    elsewhere = replace(other, city="Wyeford")
    assert outcome(one, elsewhere)[0] is not Outcome.SAME, why


def test_one_domain_explains_two_slips_of_its_name() -> None:
    one = MatchRecord(1, "Madresal SA", country="GR", domains=("madresal.example",))
    assert outcome(one, replace(one, name="Medrsal"))[0] is Outcome.SAME
    assert outcome(one, replace(one, name="Brandix"))[0] is not Outcome.SAME
    abroad = replace(one, name="Medrsal", country="IT")
    assert outcome(one, abroad)[0] is not Outcome.SAME


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("Quorvian Wind Power Partners", "Quorvian Ind Power Partners", Outcome.SAME),
        ("Quorvian Ports Ltd", "Quorvian Sports Ltd", Outcome.SAME),
        ("Quorvian Bank Ltd", "Quorvian Bahn Ltd", Outcome.REVIEW),
    ],
)
def test_a_letter_left_out_of_a_long_name_tells_no_two_apart(
    left: str, right: str, told: Outcome
) -> None:
    assert outcome(replace(TOWN, name=left), replace(TOWN, name=right))[0] is told


def test_initials_of_a_firm_behind_its_own_domain_are_mistyped() -> None:
    one = MatchRecord(1, "G.U.D. Quorvian Ltd", country="JP", domains=("gudquorvian.example",))
    assert outcome(one, replace(one, name=".U.D. Quorvian Ltd"))[0] is Outcome.SAME
    person = replace(one, name="Michael P. Tarnwick")
    assert outcome(person, replace(person, name="Michael L. Tarnwick"))[0] is not Outcome.SAME


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("Tarnwick Ltd", "Tarnwick LLP", "the legal forms are of two companies"),
        ("Medion Ltd", "Meldion Ltd", "the names are short and differ in a letter"),
        ("Nordhus", "Nordhus Rexalin", "no address agrees"),
    ],
)
def test_a_shared_domain_or_phone_makes_one_of_names_left_to_a_person(
    left: str, right: str, reason: str
) -> None:
    one = MatchRecord(1, left, country="GB")
    other = MatchRecord(2, right, country="GB")
    told, found = outcome(one, other)
    assert told is Outcome.REVIEW
    assert any(reason in line.sentence for line in found.explain(1, 2).lines)
    for found_there in (
        replace(one, domains=("tarnwick.example",)),
        replace(one, phones=("+442071234567",)),
    ):
        assert outcome(found_there, replace(found_there, name=right))[0] is Outcome.SAME


def test_street_and_a_shared_phone_carry_a_dropped_word() -> None:
    many = [
        MatchRecord(at, f"{name} AG", phones=HOUSE.phones)
        for at, name in enumerate(("Brix", "Quorvian", "Zyxwell", "Tarnwick", "Medion"), 10)
    ]
    many += [replace(row, key=row.key + 50, name=f"{row.name} Zwei") for row in many]  # type: ignore[operator]
    two = [HOUSE, replace(HOUSE, key=2, name="Nordhus Energie AG")]
    assert cluster([*two, *many]).explain(1, 2).odds > -0.75


def test_what_agrees_about_the_place_has_a_limit() -> None:
    row = MatchRecord(1, "Nordhus AG", country="CH", city="Basel", street="Ring 8", postcode="4051")
    told = explain_pair(row, replace(row, key=2, name="Nordhuus AG"))
    place = sum(line.odds for line in told.lines if line.feature in _OF_PLACE)
    limit = sum(line.odds for line in told.lines if line.feature == "limit of place")
    most = next(group.most for group in GROUPS if group.name == "place")
    assert limit < 0
    assert abs(place + limit - most) < 0.05


@pytest.mark.parametrize("strictness", list(Strictness))
def test_no_strictness_merges_what_a_word_tells_apart(strictness: Strictness) -> None:
    told, _ = outcome(CITY, replace(CITY, name="Nordhus Energie AG"), strictness=strictness)
    assert told is Outcome.REVIEW


def test_what_identifies_a_company_outvotes_the_word() -> None:
    other = replace(CITY, name="Nordhus Energie AG")
    numbered = [replace(row, register_number="CHE-1") for row in (CITY, other)]
    of_domain = [replace(row, domains=("nordhus.example",)) for row in (CITY, other)]
    for left, right in (numbered, of_domain):
        assert outcome(left, right)[0] is Outcome.SAME


def test_a_telling_word_does_not_part_a_group() -> None:
    told, _ = outcome(CITY, replace(CITY, name="Nordhus Energie AG"), company_is="group")
    assert told is Outcome.SAME


# The first name, the second, and why only a register number makes them one.
SEPARATE = [
    ("Nordhus e.V.", "Nordhus GmbH", "an association and its company"),
    ("Nordhus AG", "Nordhus GmbH", "two forms"),
    ("Nordhus Verwaltungs GmbH", "Nordhus GmbH & Co. KG", "a general partner"),
    ("Praxis Dr. A. Zellhofer", "Praxis Dr. M. Zellhofer", "persons with other initials"),
]


@pytest.mark.parametrize(("left", "right", "why"), SEPARATE)
def test_entities_apart_by_law_stay_apart_at_one_address_and_phone(
    left: str, right: str, why: str
) -> None:
    one, other = replace(HOUSE, name=left), replace(HOUSE, name=right)
    assert outcome(one, other)[0] is not Outcome.SAME, why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nordhus AG", "Nordhus"),
        ("Nordhus Energie AG", "Nordhus Energi AG"),
        ("Nordhus AG", "Nordhus AG Basel"),
        ("Nordhus Motor AG", "Nordhus Motors AG"),
        ("Nordhus AG", "Nordhus AG Limitde"),
        ("Nordhus", "Nordhus Systeme"),
        ("Nordhus AG", "Nordhus SE"),
    ],
)
def test_no_word_tells_these_apart(left: str, right: str) -> None:
    assert outcome(replace(CITY, name=left), replace(CITY, name=right))[0] is Outcome.SAME


_WORDS = [
    "Nordhus",
    "Rexalin",
    "Energie",
    "Bank",
    "Group",
    "Basel",
    "Schweiz",
    "AG",
    "GmbH",
    "e.V.",
]
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_ROWS = st.builds(
    MatchRecord,
    key=st.just(1),
    name=_NAMES,
    country=st.sampled_from(["", "CH", "DE"]),
    city=st.sampled_from(["", "Basel", "Bern"]),
    phones=st.sampled_from([(), ("+41613001230",)]),
)


@settings(max_examples=150, deadline=None)
@given(_ROWS, _ROWS)
def test_the_lines_add_up_in_either_order(left: MatchRecord, right: MatchRecord) -> None:
    there, back = explain_pair(left, right), explain_pair(right, left)
    assert abs(there.odds - back.odds) < 0.02
    assert abs(sum(line.odds for line in there.lines) - there.odds) < 0.1
