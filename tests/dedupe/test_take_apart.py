"""Parts behind a name in the same cell are split off, and the name itself is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.engine import cluster
from dedupe.name_parts import Beside, NameParts
from dedupe.record import MatchRecord
from dedupe.take_apart import take_apart
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.places.place_names import city_named

# text, the row's city, parts
APART = [
    ("Mogara N.V., HEERLEN", "", NameParts("Mogara N.V.", seat="HEERLEN")),
    ("MOGARA N.V.,NL", "", NameParts("MOGARA N.V.", country="NL")),
    ("Mogara N.V., Eindhoven, NL", "", NameParts("Mogara N.V.", seat="Eindhoven", country="NL")),
    ("Mogara Inc., Mountain View, CA", "", NameParts("Mogara Inc.", seat="Mountain View")),
    ("Mogara GmbH Berlin", "", NameParts("Mogara GmbH", seat="Berlin")),
    ("MOGARA CORP /DE/", "", NameParts("MOGARA CORP")),
    ("Mogara – Tio Hugo", "Tio Hugo", NameParts("Mogara", branch="Tio Hugo")),
    ("Mogara 11/07", "", NameParts("Mogara")),
    ("Mogara Store #123", "", NameParts("Mogara", branch="123")),
    ("Mogara Filiale 12", "", NameParts("Mogara", branch="12")),
    (
        "Mogara SA 25 avenue Exemple Paris",
        "",
        NameParts("Mogara SA", seat="Paris", address="25 avenue Exemple Paris"),
    ),
    (
        "Mogara S.p.A. Via Roma 12, 20100 Milano",
        "",
        NameParts("Mogara S.p.A.", seat="Milano", address="Via Roma 12, 20100 Milano"),
    ),
    (
        "Mogara GmbH Hauptstraße 5 12345 Ort",
        "",
        NameParts("Mogara GmbH", address="Hauptstraße 5 12345 Ort"),
    ),
    (
        "Mogara PLC, 100 Victoria Embankment",
        "",
        NameParts("Mogara PLC", address="100 Victoria Embankment"),
    ),
    ("O&#039;Brannigan", "", NameParts("O'Brannigan")),
    ("Mogara, Maastricht", "", NameParts("Mogara", seat="Maastricht")),
    ("Mogara, Ostwick, JP", "", NameParts("Mogara", seat="Ostwick", country="JP")),
    ("Mogara,NL", "", NameParts("Mogara", country="NL")),
    ("Mogara AB,SE", "", NameParts("Mogara AB", country="SE")),
    ("Mogara S.A. (ES)", "", NameParts("Mogara S.A.", country="ES")),
    ("Mogara Inc. (CA)", "", NameParts("Mogara Inc.")),
    ("Mogara KK - Tsuzuki Ku", "", NameParts("Mogara KK", seat="Tsuzuki Ku")),
    ("MOGARA LLC - FALLS CHURCH", "", NameParts("MOGARA LLC", branch="FALLS CHURCH")),
    ("Mogara – Lyon", "", NameParts("Mogara", seat="Lyon")),
    ("Mogara Inc San Francisco", "", NameParts("Mogara Inc", seat="San Francisco")),
    ("Hotel Mogara Ostwick", "Ostwick", NameParts("Hotel Mogara", branch="Ostwick")),
    ("Mogara Filiale Köln", "", NameParts("Mogara", branch="Köln")),
    ("Mogara GmbH, Niederlassung Wien", "", NameParts("Mogara GmbH", branch="Wien")),
    ("Mogara AG Zweigniederlassung Ostwick", "", NameParts("Mogara AG", branch="Ostwick")),
    ("Mogara SA succursale de Lyon", "", NameParts("Mogara SA", branch="Lyon")),
    ("Mogara S.A., Sucursal en España", "", NameParts("Mogara S.A.", branch="España")),
    ("Mogara Sp. z o.o. Oddział w Krakowie", "", NameParts("Mogara Sp. z o.o.", branch="Krakowie")),
    ("Mogara B.V. vestiging Utrecht", "", NameParts("Mogara B.V.", branch="Utrecht")),
    ("Mogara branch office Leeds", "", NameParts("Mogara", branch="Leeds")),
    ("Mogara Ltd (Branch)", "", NameParts("Mogara Ltd")),
    ("Mogara Ltd, Leeds Branch", "", NameParts("Mogara Ltd", branch="Leeds")),
    ("Mogara Ltda - Filial 12", "", NameParts("Mogara Ltda", branch="12")),
    ("Mogara Ltda nº 27 – Chapecó", "Chapecó", NameParts("Mogara Ltda", branch="27")),
    ("Mogara (filial)", "", NameParts("Mogara")),
    ("Mogara Ltda 12", "", NameParts("Mogara Ltda", branch="12")),
    ("MOGARA INC CL A", "", NameParts("MOGARA INC")),
    ("Mogara Corp Com New", "", NameParts("Mogara Corp")),
    ("Mogara 144A", "", NameParts("Mogara")),
    ("Mogara Co. (The)", "", NameParts("Mogara Co.")),
    ("Software Systems Inc, Leeds", "", NameParts("Software Systems Inc", seat="Leeds")),
    ("STEEL MOTORS CORP COM", "", NameParts("STEEL MOTORS CORP")),
    ("Mogara KK 5-1 Marunouchi", "", NameParts("Mogara KK", address="5-1 Marunouchi")),
    ("Mogara\nVia Nuova 12", "", NameParts("Mogara", address="Via Nuova 12")),
    ("Mogara\n12 place de la Gare", "", NameParts("Mogara", address="12 place de la Gare")),
    ("Mogara 12-3-4 Nishi", "", NameParts("Mogara", address="12-3-4 Nishi")),
    (
        "Mogara NV - Ostgracht 131 1724 LL Utrecht",
        "",
        NameParts("Mogara NV", seat="Utrecht", address="Ostgracht 131 1724 LL Utrecht"),
    ),
    (
        "Mogara Ltd, Unit 5 Mill Lane Business Park, Preston DB8 0PD",
        "",
        NameParts("Mogara Ltd", address="Unit 5 Mill Lane Business Park, Preston DB8 0PD"),
    ),
    (
        "MGR Ltd (Mogara & Rivas Trading Corp.)",
        "",
        NameParts("MGR Ltd", alias="Mogara & Rivas Trading Corp."),
    ),
]


@pytest.mark.parametrize(("text", "city", "parts"), APART)
def test_parts_behind_a_name_are_split_off(text: str, city: str, parts: NameParts) -> None:
    assert take_apart(text, Beside.of(city, frozenset())) == parts


# text, the row's city and country, parts
REPEATED = [
    ("Mogara Inc. Ostwic", "Ostwick", "", NameParts("Mogara Inc.", branch="ostwick")),
    ("Mogara Inc. uOstwick", "Ostwick", "", NameParts("Mogara Inc.", branch="ostwick")),
    ("Mogara GmbH Bda Ostwick", "Bad Ostwick", "", NameParts("Mogara GmbH", branch="bad ostwick")),
    ("Mogara (Ostwi", "Ostwick", "", NameParts("Mogara", branch="ostwick")),
    ("Mogara (Gremany)", "", "DE", NameParts("Mogara")),
    ("Mogara (Jpan) Inc", "", "JP", NameParts("Mogara Inc")),
    ("Mogara(UnitedKingdom)", "", "", NameParts("Mogara", country="GB")),
    ("Mogara Ltd Westwick", "Ostwick", "", None),
    ("Mogara Ostwic", "Ostwick", "", None),
    ("Mogara (Ostwi)", "Ostwick", "", None),
    ("Mogara (Gremany)", "", "FR", None),
    ("Mogara (North)", "", "GB", None),
]


@pytest.mark.parametrize(("text", "city", "country", "parts"), REPEATED)
def test_the_own_place_is_split_off_with_a_slip(
    text: str, city: str, country: str, parts: NameParts | None
) -> None:
    assert take_apart(text, Beside.of(city, frozenset(), country)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Mogara Co., Ltd.",
        "Mogara, Inc., DBA Rivas",
        "Mogara, Rivas & Co., Ltd.",
        "Firma UG (haftungsbeschränkt)",
        "Studio 54 Place",
        "Posto 41",
        "Loja 12",
        "Hotel Berlin",
        "Mogara - Tio Hugo",
        "P.T. Harkness Ltd",
        "7 Eleven Street",
        "Mogara Centre #2",
        "Audio Co., Ltd., Tarnwick Valley",
        "Mogara Software (IT)",
        "Mogara Store",
        "Branch Metrics",
        "Mogara Deutschland Zweigniederlassung der Rivas Ltd",
        "Brand New",
        "Mogara Fund No 5",
        "Mogara 24/7",
        "Stadtwerke Berlin",
        "University of Leeds",
        "Mogara A/S",
        "Mogara, Rivas",
        "Mogara Class",
    ],
)
def test_what_belongs_to_the_name_stays(text: str) -> None:
    assert take_apart(text) is None


@given(st.text(max_size=80), st.text(max_size=20))
def test_taking_apart_keeps_a_name(text: str, city: str) -> None:
    parts = take_apart(text, Beside.of(city, frozenset())) or NameParts(text)
    assert parse_name(parts.name).core or not parse_name(text).core


BEHIND = [
    "",
    ", HEERLEN",
    ", Paris, FR",
    " /DE/",
    ", 12 Old Mill Road, London",
    " (NL)",
    " - Tsuzuki Ku",
    " Filiale Köln",
    ", Leeds Branch",
    " CL A",
    " Store #12",
]


@given(
    st.sampled_from(["Mogara N.V.", "Rivas GmbH", "Tarn Holdings Ltd"]),
    st.sampled_from(BEHIND),
    st.sampled_from(BEHIND),
)
def test_taking_apart_leaves_the_name_and_twice_changes_nothing(
    name: str, behind: str, further: str
) -> None:
    once = take_apart(name + behind + further) or NameParts(name + behind + further)
    assert parse_name(name).core in parse_name(once.name).core
    assert take_apart(once.name) is None


@given(st.permutations(["Mogara KK, Tarnwick", "MOGARA - TARNWICK", "Mogara", "Rivas, Tarnwick"]))
def test_a_seat_of_one_row_is_a_place_in_the_others(names: list[str]) -> None:
    found = cluster([MatchRecord(name, name) for name in names])
    assert ["MOGARA - TARNWICK", "Mogara", "Mogara KK, Tarnwick"] in found.clusters


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("MOGARA N.V., HEERLEN", "Mogara Naamlooze Vennootschap"),
        ("Mogara SA 25 avenue Exemple Paris", "Mogara S.A."),
        ("RIVAS CORP /DE/", "Rivas Corporation"),
        ("Mogara Rivas GmbH Niederlassung Wien", "Mogara Rivas GmbH"),
        ("Koninklijke Mogara NV", "Mogara Naamlooze Vennootschap"),
        ("Kgl. Mogara Rivas AS", "Mogara Rivas AS"),
        ("MOGARA RIVAS INC CL A", "Mogara Rivas Inc. 144A"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_names_meet_without_what_stands_behind_them(left: str, right: str, turned: bool) -> None:
    left, right = (right, left) if turned else (left, right)
    found = cluster([MatchRecord(1, left), MatchRecord(2, right)])
    assert len(found.clusters) == 1, found.explain(1, 2)


@pytest.mark.parametrize(("company_is", "clusters"), [("legal_entity", 1), ("site", 2)])
def test_branch_numbers_tell_sites_apart(company_is: str, clusters: int) -> None:
    rows = [
        MatchRecord(1, "Mogara Store #12", country="US", city="Austin"),
        MatchRecord(2, "Mogara Store #14", country="US", city="Austin"),
    ]
    assert len(cluster(rows, company_is=company_is).clusters) == clusters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Київ", "Kyiv"),
        ("Kijów", "Kiev"),
        ("東京", "Tokyo"),
        ("Αθήνα", "Athens"),
        ("القاهرة", "Cairo"),
        ("Köln", "Cologne"),
        ("'s-Gravenhage", "Den Haag"),
        ("Санкт-Петербург", "Saint Petersburg"),
        ("서울", "Seoul"),
    ],
)
def test_a_city_is_the_same_in_every_script(one: str, other: str) -> None:
    assert city_named(one) == city_named(other)
