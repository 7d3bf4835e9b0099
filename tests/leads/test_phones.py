"""Telephone numbers become E.164 or nothing. The numbers are of the ranges that countries keep for
films, or switchboards' shapes.
"""

from random import Random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.phone_plans import valid, valid_bare
from leads.lexicon.phones import parse_phone

# text, country, number
NUMBERS = [
    ("+49 30 23125 123", None, "+493023125123"),
    ("+49 (0)30 23125123", None, "+493023125123"),
    ("0049 30 23125123", None, "+493023125123"),
    ("(0049) 30 23125123", None, "+493023125123"),
    ("+0049 30 23125123", "DE", "+493023125123"),
    ("0049 30 23125123", "US", "+493023125123"),  # no American number starts so
    ("00 44 20 7946 0018", "DE", "+442079460018"),
    ("0011 44 20 7946 0018", "AU", "+442079460018"),
    ("030 23125123", "DE", "+493023125123"),
    ("030 23125123", "de", "+493023125123"),
    ("030/23125123", "DE", "+493023125123"),
    ("Tel.: 030 / 231 25 123", "DE", "+493023125123"),
    ("Phone (office): +49 30 23125123", None, "+493023125123"),
    ("tel:+442079460018", None, "+442079460018"),
    ("+44 (0)20 7946 0018", None, "+442079460018"),
    ("(212) 555-0187", "US", "+12125550187"),
    ("1-212-555-0187", "US", "+12125550187"),
    ("+1 212 555 0187 (New York)", None, "+12125550187"),
    ("+1 212 555 0187 ext. 12", None, "+12125550187"),
    ("+1 212 555 0187x12", None, "+12125550187"),
    ("+39 06 555 1234", None, "+39065551234"),  # Italy keeps its nought
    ("+49 30 23125123; +49 30 23125124", None, "+493023125123"),
    ("+49 30 23125123 / +49 30 23125124", None, "+493023125123"),
    ("n/a, +49 30 23125123", None, "+493023125123"),
    ("493023125123.0", "DE", "+493023125123"),  # a spreadsheet took it for a quantity
    ("＋４９ ３０ ２３１２５１２３", None, "+493023125123"),
    ("\u202a+49 30 23125123\u202c", None, "+493023125123"),
    ("+442079460018", "XX", "+442079460018"),
    ("030 23125123 24h", "DE", "+493023125123"),
    ("030 23125123 (24/7)", "DE", "+493023125123"),
    ("030 23125-100...105", "DE", "+493023125100"),
    ("22 512-12-34 do 36", "PL", "+48225121234"),
    ("22 512 12 34 wew. 7", "PL", "+48225121234"),
    ("030 23125123 Durchwahl -12", "DE", "+493023125123"),
    ("Tel./Fax: 030 23125123", "DE", "+493023125123"),
    ("Fax und Tel. 030 23125123", "DE", "+493023125123"),
    ("030 23125123 (Fax)", "DE", None),
    ("01 42 68 53 00 (télécopie)", "FR", None),
    ("+49 30 23125123 +49 30 23125124", None, "+493023125123"),
]

# text, country
NOT_NUMBERS = [
    ("", "DE"),
    ("n/a", "DE"),
    ("030 23125123", None),  # whose 030?
    ("030 23125123", "XX"),
    ("3865286", "US"),  # without its area
    ("+1", None),
    ("+999 123 4567890", None),
    ("12345678901234567890", "DE"),
    ("4.93E+11", "DE"),
    ("192.168.0.1", "US"),
    ("2024-01-31", "DE"),
    ("02134", "US"),
    ("call us 5 times a day", "DE"),
    ("+49 30 " + "1" * 200, None),
]


@pytest.mark.parametrize(("text", "country", "number"), NUMBERS)
def test_the_first_number_is_read(text: str, country: str | None, number: str) -> None:
    assert parse_phone(text, country) == number


@pytest.mark.parametrize(("text", "country"), NOT_NUMBERS)
def test_what_is_no_number_is_none(text: str, country: str | None) -> None:
    assert parse_phone(text, country) is None


@given(
    st.one_of(st.text(max_size=60), st.text("0123456789+-()/. x", max_size=24)),
    st.one_of(st.none(), st.sampled_from(["DE", "US", "IT", "XX", "", "??"])),
)
def test_any_text_is_answered_and_a_number_stays_what_it_is(text: str, country: str | None) -> None:
    number = parse_phone(text, country)
    assert number is None or parse_phone(number) == number


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("0341 98765 01/02", "DE", "+493419876501"),
        ("0221 9876-0/-10/-20", "DE", "+4922198760"),
        ("0341 987650 Mo-Fr 8-17 Uhr", "DE", "+49341987650"),
        ("020 7946 0018 Mon-Fri 9-5", "GB", "+442079460018"),
        ("Fax: 0341 987659, Tel: 0341 987650", "DE", "+49341987650"),
        ("Telefax 0341 987659", "DE", None),
        ("+420 (0) 224 123 456", "CZ", "+420224123456"),
        ("+39 (0)2 12345678", "IT", "+390212345678"),
        ("0341/987650", "DE", "+49341987650"),
    ],
)
def test_one_number_of_several(text: str, country: str, number: str | None) -> None:
    assert parse_phone(text, country) == number


def test_a_fax_is_read_when_asked_for() -> None:
    assert parse_phone("Tel 0341 987650 Fax 0341 987659", "DE", fax=True) == "+49341987659"


def test_bare_numbers_are_checked_as_the_library_does() -> None:
    rnd = Random(11)
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    examples = filter(None, map(phonenumbers.example_number, regions))
    written = [
        phonenumbers.format_number(one, phonenumbers.PhoneNumberFormat.E164) for one in examples
    ]
    written += [f"+{code}0" + "5" * 8 for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE]
    for number in list(written):
        at = rnd.randrange(2, len(number))
        written += [number[:at] + str(rnd.randrange(10)) + number[at + 1 :], number[:at]]
    written += ["+9", "+99", "+49", "+1" + "2" * 20, "+999123456", "+000", "+44 20 7946 0018"]

    for number in written:
        assert valid_bare(number) == valid(number, None), number
