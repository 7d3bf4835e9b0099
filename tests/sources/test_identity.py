"""Which entry of a source is the company: taken when it is proved, left when it is not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.answers import Entry, SourceFact
from sources.identity import prove
from sources.identity_marks import number, table, weights
from sources.subject import Number, Subject


def subject(name: str, country: str | None = None, **known: Any) -> Subject:
    others = known.pop("others", ())
    numbers = tuple(Number(*one) for one in known.pop("numbers", ()))
    return Subject(names=(name, *others), country=country, numbers=numbers, **known)


def entry(name: str, country: str = "", number: str = "1", **known: Any) -> Entry:
    facts = tuple(
        SourceFact(attribute=attribute, value=value, quote=f"{attribute}: {value}")
        for attribute, value in known.pop("facts", {}).items()
    )
    return Entry(name=name, country=country, number=number, facts=facts, **known)


def of_register(name: str, country: str, number: str, **known: Any) -> Entry:
    facts = {"register_number": number, **known.pop("facts", {})}
    return entry(name, country, number, facts=facts, **known)


def siren(number: str) -> tuple[str, str, str]:
    return ("SIREN", "FR", number)


NORDLYS = subject("Nordlys Systemer AS", "NO", city="Bergen", postcode="5003")
VZOR = subject("Vzor a vzorek s.r.o.", "CZ", city="Praha", street="Zkušební 12")

TAKEN = {
    "a number of the register": (
        subject("Moulin Inventé", numbers=[siren("900 000 001")]),
        of_register("MOULIN INVENTE SAS", "FR", "900000001"),
    ),
    "a SIRET holds the SIREN": (
        subject("Moulin Inventé", numbers=[("SIRET", "FR", "90000000100017")]),
        of_register("MOULIN INVENTE", "FR", "900000001"),
    ),
    "a VAT id holds the SIREN": (
        subject("Moulin Inventé", numbers=[("vat_id", "FR", "FR32900000001")]),
        of_register("MOULIN INVENTE", "FR", "900000001"),
    ),
    "the court stands before the number": (
        subject("Moulin Inventé", numbers=[("register_number", "FR", "RCS Lyon 900 000 001")]),
        of_register("MOULIN INVENTE", "FR", "900000001"),
    ),
    "a spreadsheet dropped a zero": (
        subject("Testi", numbers=[("register_number", "FI", "100001-4")]),
        of_register("Testi Oy", "FI", "0100001-4"),
    ),
    "VAT letters behind a number": (
        subject("Nordlys", numbers=[("vat_id", "NO", "NO 900 000 011 MVA")]),
        of_register("NORDLYS AS", "NO", "900000011"),
    ),
    "an LEI though the country differs": (
        subject("Nordlys", "NO", numbers=[("lei", "", "5299000000000000AB12")]),
        entry("Nordlys Ltd", "GB", "x", facts={"lei": "5299000000000000AB12"}),
    ),
    "a number though the seat moved": (
        subject("Nordlys AS", "NO", city="Oslo", numbers=[("ORGNR", "NO", "900000011")]),
        of_register("NORDLYS AS", "NO", "900000011", city="BERGEN", postcode="5003"),
    ),
    "a number and the address though the name changed": (
        replace(NORDLYS, street="Testgata 4", numbers=(Number("ORGNR", "NO", "900000011"),)),
        of_register(
            "FJELLVIND AS", "NO", "900000011", city="BERGEN", postcode="5003", street="Testgata 4"
        ),
    ),
    "a number of a court, with the name": (
        subject("Muster GmbH", "DE", numbers=[("register_number", "DE", "AG Kiel HRB 4711 KI")]),
        of_register("Muster GmbH", "DE", "HRB 4711"),
    ),
    "name, form and city": (NORDLYS, of_register("NORDLYS SYSTEMER AS", "NO", "7", city="BERGEN")),
    "name and postcode": (
        subject("Nordlys Systemer", "NO", postcode="5003"),
        entry("NORDLYS SYSTEMER AS", "NO", postcode="5003"),
    ),
    "a short name with its form and city": (
        subject("Alfa Oy", "FI", city="Helsinki"),
        entry("Alfa Oy", "FI", city="HELSINGFORS"),
    ),
    "umlauts in two spellings": (
        subject("Mueller Soehne AG", "CH", city="Zuerich"),
        entry("Müller Söhne AG", "CH", city="Zürich"),
    ),
    "another script": (
        subject("Romashka", "BG", city="Sofia", postcode="1000"),
        entry("Ромашка ООД", "BG", city="София", postcode="1000"),
    ),
    "Japanese": (
        subject("株式会社試験", "JP", city="Osaka", postcode="530-0001"),
        entry("試験株式会社", "JP", city="大阪", postcode="530-0001"),
    ),
    "Greek": (
        subject("Dokimi", "GR", city="Patras", postcode="26221"),
        entry("Δοκιμή Α.Ε.", "GR", postcode="262 21"),
    ),
    "a former name": (
        replace(NORDLYS, street="Testgata 4"),
        entry("FJELLVIND AS", "NO", other_names=("NORDLYS SYSTEMER AS",), postcode="5003"),
    ),
    "another name of the list": (
        subject("Fjellvind", "NO", others=["Nordlys Systemer AS"], city="Bergen"),
        entry("NORDLYS SYSTEMER AS", "NO", city="BERGEN"),
    ),
    "a name within the name": (
        subject("Fjellvind AS (formerly Nordlys Systemer AS)", "NO", city="Bergen"),
        entry("NORDLYS SYSTEMER AS", "NO", city="BERGEN"),
    ),
    "a slip, at the same address": (
        subject("Nordlis Systemer", "NO", postcode="5003", street="Testgt. 4", city="Bergen"),
        entry("NORDLYS SYSTEMER AS", "NO", postcode="5003", street="Testgata 4", city="BERGEN"),
    ),
    "initials, at the same address": (
        subject("NSB", "DE", city="Kiel", postcode="24103", street="Musterstr. 5"),
        entry("Nord System Beispiel", "DE", city="Kiel", postcode="24103", street="Musterstraße 5"),
    ),
    "a district of the city": (
        subject("Moulin Inventé SAS", "FR", city="Paris"),
        entry("MOULIN INVENTE SAS", "FR", city="PARIS 8E ARRONDISSEMENT"),
    ),
    "cedex": (
        subject("Moulin Inventé SAS", "FR", city="Paris Cedex 08"),
        entry("MOULIN INVENTE SAS", "FR", city="PARIS 8"),
    ),
    "the form stands beside the name": (
        subject("Moulin SARL", "FR", city="Lyon"),
        entry("MOULIN", "FR", city="LYON", facts={"legal_form": "sarl"}),
    ),
    "spaces and hyphens": (
        subject("Nord-Lys Systemer AS", "NO", city="Bergen"),
        entry("NORDLYS SYSTEMER AS", "NO", city="BERGEN"),
    ),
    "a number, though the short name has a slip": (
        subject("Aflam", numbers=[("ORGNR", "NO", "900000011")]),
        of_register("ALFAM AS", "NO", "900000011"),
    ),
    "words in another order, at the same postcode": (
        subject("Systemer Nordlys", "NO", city="Bergen", postcode="5003"),
        entry("NORDLYS SYSTEMER AS", "NO", city="BERGEN", postcode="5003"),
    ),
    "an & that one of them leaves out": (
        subject("Vzor vzorek s.r.o.", "CZ", city="Praha"),
        entry("Vzor & vzorek s.r.o.", "CZ", city="Praha"),
    ),
    "a label stands before the number": (
        subject("Muster", numbers=[("register_number", "AT", "FN 123456a")]),
        of_register("Muster GmbH", "AT", "123456a"),
    ),
    "a British number that lost its zeros": (
        subject("Example Bakery", numbers=[("register_number", "GB", "Company No. 941200")]),
        of_register("EXAMPLE BAKERY LIMITED", "GB", "00941200"),
    ),
    "both names have the country in brackets": (
        subject("Nordlys (Norge) AS", "NO", city="Bergen"),
        entry("NORDLYS (NORWAY) AS", "NO", city="BERGEN"),
    ),
    "the street in another spelling": (
        VZOR,
        entry("Vzor a vzorek, spol. s r.o.", "CZ", street="zkušební 12", city="Praha 5"),
    ),
    "the domain": (
        subject("Nordlys", domains=("nordlys.example",)),
        entry("Nordlys Inc", "US", domain="https://www.nordlys.example/"),
    ),
    "asked by domain, the provider's id is no number": (
        subject("Nordlys", "NO", numbers=[("ORGNR", "NO", "900000011")]),
        entry("Nordlys", "NO", "54a1b2c3d4", asked_by_key=True),
    ),
    "asked by domain, the brand is a part of the name": (
        subject("Nordlys", domains=("nordlys.example",)),
        entry("Nordlys Systemer Holding", domain="nordlys.example", asked_by_key=True),
    ),
    "a dissolved company whose address agrees": (
        replace(NORDLYS, street="Testgata 4"),
        entry("NORDLYS SYSTEMER AS", "NO", postcode="5003", facts={"status": "dissolved"}),
    ),
}

LEFT = {
    "a name alone": (
        subject("Nordlys Systemer og Beregninger AS"),
        entry("NORDLYS SYSTEMER OG BEREGNINGER AS", "NO"),
        "only the name",
    ),
    "a name and a country alone": (
        subject("Nordlys Systemer og Beregninger AS", "NO"),
        entry("NORDLYS SYSTEMER OG BEREGNINGER AS", "NO", city="BERGEN"),
        "only the name",
    ),
    "another number": (
        replace(NORDLYS, numbers=(Number("ORGNR", "NO", "900000022"),)),
        of_register("NORDLYS SYSTEMER AS", "NO", "900000011", city="BERGEN"),
        "number is another",
    ),
    "a number, but the name is completely different": (
        subject("Nordlys", "NO", numbers=[("ORGNR", "NO", "900000011")]),
        of_register("FJELLVIND BEREGNINGER AS", "NO", "900000011"),
        "completely different",
    ),
    "asked by that number, but the name is completely different": (
        subject("Nordlys", "NO", city="Bergen", numbers=[("ORGNR", "NO", "900000011")]),
        of_register("FJELLVIND AS", "NO", "900000011", city="BERGEN", asked_by_key=True),
        "completely different",
    ),
    "the same number in another country": (
        subject("Nordlys", "DK", numbers=[("register_number", "DK", "90000001")]),
        of_register("NORDLYS AS", "FI", "9000000-1"),
        "country",
    ),
    "a number of another court": (
        subject("Muster GmbH", "DE", numbers=[("register_number", "DE", "HRB 4711")]),
        of_register("Andere GmbH", "DE", "HRB 4711"),
        "completely different",
    ),
    "another country": (
        NORDLYS,
        entry("NORDLYS SYSTEMER AS", "DK", city="BERGEN", postcode="5003"),
        "country",
    ),
    "another city": (NORDLYS, entry("NORDLYS SYSTEMER AS", "NO", city="TROMSØ"), "city"),
    "another form at the same address": (
        subject("Muster AG", "DE", city="Kiel", postcode="24103", street="Musterstr. 5"),
        entry("Muster GmbH", "DE", city="Kiel", postcode="24103", street="Musterstraße 5"),
        "form",
    ),
    "the parent at the same address with the same domain": (
        replace(NORDLYS, street="Testgata 4", domains=("nordlys.example",)),
        entry(
            "NORDLYS SYSTEMER HOLDING AS",
            "NO",
            city="BERGEN",
            postcode="5003",
            street="Testgata 4",
            domain="nordlys.example",
        ),
        "part of the name",
    ),
    "a number in the name": (
        subject("Nordlys Eiendom 1 AS", "NO", city="Bergen", postcode="5003"),
        entry("NORDLYS EIENDOM 2 AS", "NO", city="BERGEN", postcode="5003"),
        "part of the name",
    ),
    "a Roman number in the name": (
        subject("Nordlys Eiendom AS", "NO", city="Bergen", postcode="5003"),
        entry("NORDLYS EIENDOM II AS", "NO", city="BERGEN", postcode="5003"),
        "part of the name",
    ),
    "a word of trade is shared": (
        subject("Nordlys Systemer AS", "NO", city="Bergen", postcode="5003"),
        entry("FJELL SYSTEMER AS", "NO", city="BERGEN", postcode="5003"),
        "completely different",
    ),
    "a sister with the country in brackets": (
        subject("Nordlys Systemer AS", "NO", city="Bergen"),
        entry("NORDLYS SYSTEMER (NORGE) AS", "NO", city="BERGEN"),
        "brackets",
    ),
    "a city of that name in a country that nobody stated": (
        subject("Example Bakery", city="Cambridge"),
        entry("EXAMPLE BAKERY LIMITED", "GB", city="Cambridge"),
        "too little",
    ),
    "a Scottish number and an English one": (
        subject("Example Bakery", "GB", numbers=[("register_number", "GB", "SC123456")]),
        of_register("EXAMPLE BAKERY LIMITED", "GB", "00123456"),
        "number is another",
    ),
    "a slip in a short name": (
        subject("Alfa Oy", "FI", city="Helsinki", postcode="00100"),
        entry("Alma Oy", "FI", city="HELSINKI", postcode="00100"),
        "merely alike",
    ),
    "initials in the same city": (
        subject("NSB", "DE", city="Kiel", postcode="24103"),
        entry("Nord System Beispiel", "DE", city="Kiel", postcode="24103"),
        "too little",
    ),
    "a short name in a city": (
        subject("Alfa", "FI", city="Helsinki"),
        entry("Alfa Oy", "FI", city="HELSINKI"),
        "too little",
    ),
    "a sole trader": (
        subject("Jan Muster e.K.", "DE", city="Kiel", postcode="24103"),
        entry("Jan Muster e.K.", "DE", city="Kiel", postcode="24103"),
        "person",
    ),
    "a sole trader by the form beside the name": (
        subject("Testi Malli", "FI", city="Turku", postcode="20100"),
        entry("Testi Malli", "FI", city="TURKU", postcode="20100", facts={"legal_form": "tmi"}),
        "person",
    ),
    "a shared domain": (
        subject("Nordlys", domains=("gmail.com",)),
        entry("Nordlys AS", "NO", domain="gmail.com"),
        "only the name",
    ),
    "asked by domain, the provider answers another company": (
        subject("Nordlys", domains=("nordlys.example",)),
        entry("Fjellvind Beregninger", domain="fjellvind.example", asked_by_key=True),
        "completely different",
    ),
    "asked by domain, the provider answers a company of another country": (
        subject("Nordlys", "NO", domains=("nordlys.example",)),
        entry("Nordlys", "US", asked_by_key=True),
        "country",
    ),
    "asked by number, the register answers another number": (
        subject("Nordlys Systemer", "NO", numbers=[("ORGNR", "NO", "900000022")]),
        of_register("NORDLYS SYSTEMER AS", "NO", "900000011", asked_by_key=True),
        "number is another",
    ),
    "a provider's own id is no number of a register": (
        subject("Fjellvind", "NO", city="Oslo", numbers=[("ORGNR", "NO", "900000011")]),
        entry("Nordlys", "NO", "900000012", city="Oslo"),
        "completely different",
    ),
    "a street without its number": (
        subject("Nordlys", "NO", street="Testgata"),
        entry("NORDLYS AS", "NO", street="Testgata 4"),
        "only the name",
    ),
    "no name": (NORDLYS, entry("", "NO", city="BERGEN"), "too little"),
}


@pytest.mark.parametrize(("asked", "found"), TAKEN.values(), ids=TAKEN)
def test_an_entry_that_is_proved_is_taken(asked: Subject, found: Entry) -> None:
    proof = prove(asked, [found])

    assert proof.accepted, (proof.why, [str(one) for one in proof.reasons])
    assert proof.entry is found


@pytest.mark.parametrize(("asked", "found", "because"), LEFT.values(), ids=LEFT)
def test_an_entry_that_is_not_proved_is_left(asked: Subject, found: Entry, because: str) -> None:
    proof = prove(asked, [found])

    assert not proof.accepted, [str(one) for one in proof.reasons]
    assert because in proof.why


def test_the_company_is_taken_among_its_group_and_its_namesakes() -> None:
    right = of_register("NORDLYS SYSTEMER AS", "NO", "1", city="BERGEN", postcode="5003")
    others = [
        of_register("NORDLYS SYSTEMER HOLDING AS", "NO", "2", city="BERGEN", postcode="5003"),
        of_register("NORDLYS SYSTEMER AS", "NO", "3", city="TROMSØ"),
        of_register("NORDLYS SYSTEMER ASA", "NO", "4", city="BERGEN"),
    ]

    assert prove(NORDLYS, [*others, right]).entry is right


def test_two_entries_that_are_nearly_as_likely_are_left() -> None:
    twins = [entry("NORDLYS SYSTEMER AS", "NO", one, city="BERGEN") for one in "12"]

    proof = prove(NORDLYS, twins)

    assert not proof.accepted
    assert "nearly as likely" in proof.why


def test_one_entry_that_is_answered_twice_has_no_rival() -> None:
    one = entry("NORDLYS SYSTEMER AS", "NO", "900000011", city="BERGEN")

    assert prove(NORDLYS, [one, replace(one, number="900 000 011", city="")]).entry is one


def test_the_living_company_wins_over_one_that_has_ended() -> None:
    living = entry("NORDLYS SYSTEMER AS", "NO", "1", city="BERGEN")
    ended = entry("NORDLYS SYSTEMER AS", "NO", "2", city="BERGEN", facts={"status": "dissolved"})

    assert prove(NORDLYS, [ended, living]).entry is living


def test_nothing_proves_nothing() -> None:
    proof = prove(NORDLYS, [])

    assert proof.entry is None
    assert not proof.accepted


def test_a_reason_is_a_sentence_with_its_weight() -> None:
    proof = prove(NORDLYS, [entry("NORDLYS SYSTEMER AS", "NO", city="BERGEN")])

    assert "+2.0 the city is the same: BERGEN" in [str(one) for one in proof.reasons]
    assert sum(one.odds for one in proof.reasons) + number("prior") == proof.odds


def test_each_weight_has_its_reason() -> None:
    for family, marks in table()["marks"].items():
        for name, row in marks.items():
            assert row["why"], name
            assert weights()[name].family == family
    assert weights().keys() >= set(table()["support"])


NAMES = ("Nordlys AS", "NORDLYS", "Nordlys Holding", "Fjellvind", "NL", "", "ООО Нордлис", "\x00")
ENTRIES = st.builds(
    of_register,
    st.sampled_from(NAMES),
    st.sampled_from(("NO", "DE", "FR", "")),
    st.sampled_from(("900000011", "HRB 4711", "900 000 022", "")),
    city=st.sampled_from(("Oslo", "Bergen", "")),
    postcode=st.sampled_from(("0150", "5003", "")),
    domain=st.sampled_from(("nordlys.example", "other.example", "")),
    asked_by_key=st.booleans(),
)
NUMBERS = st.builds(
    Number,
    st.sampled_from(("register_number", "ORGNR", "vat_id", "SIREN", "lei")),
    st.sampled_from(("NO", "DE", "FR", "")),
    st.sampled_from(("900000011", "900000022", "HRB 4711", "x")),
)
SUBJECTS = st.builds(
    Subject,
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=2).map(tuple),
    country=st.sampled_from((None, "NO", "DE", "FR")),
    city=st.sampled_from((None, "Oslo", "Bergen")),
    postcode=st.sampled_from((None, "0150", "5003")),
    domains=st.sampled_from(((), ("nordlys.example",))),
    numbers=st.lists(NUMBERS, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(SUBJECTS, st.lists(ENTRIES, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(asked: Subject, found: list[Entry], by: Any) -> None:
    mixed = list(found)
    by.shuffle(mixed)

    assert prove(asked, mixed) == prove(asked, found)


@settings(max_examples=60, deadline=None)
@given(SUBJECTS, ENTRIES)
def test_an_agreeing_number_never_speaks_against_an_entry(asked: Subject, found: Entry) -> None:
    before = prove(asked, [found])
    own = Number("register_number", found.country, found.number)

    after = prove(replace(asked, numbers=(*asked.numbers, own)), [found])

    assert after.odds >= before.odds
    assert after.accepted >= before.accepted


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=30))
def test_whatever_a_source_says_is_weighed(name: str, place: str, number: str) -> None:
    asked = subject(name, "NO", city=place, street=place, numbers=[("ORGNR", "NO", number)])
    found = of_register(place, "NO", number, city=name, street=place, domain=place)

    assert prove(asked, [found]).entry is found
