"""Postcodes as lists write them, and the countries that postcodes and numbers show."""

from __future__ import annotations

import pytest

from leads.lexicon.places.company_numbers import register_country, vat_country
from leads.lexicon.places.postcodes import postcode, postcode_country, state_fits_postcode


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("4109", "DE", "04109"),
        ("951", "PL", "00-951"),
        ("50012", "CO", "050012"),
        ("505", "KE", "00505"),
        ("606", "PR", "00606"),
        ("50013", "KZ", "050013"),
        ("D-04109", "DE", "04109"),
        ("DE 04109", "DE", "04109"),
        ("'04109", "DE", "04109"),
        ("4109.0", "DE", "04109"),
        ('="04109"', "DE", "04109"),
        ("6000", "FR", "06000"),
        ("75008 CEDEX 08", "FR", "75008"),
        ("118", "IT", "00118"),
        ("2138", "US", "02138"),
        ("787011234", "US", "78701-1234"),
        ("150", "NO", "0150"),
        ("00950", "PL", "00-950"),
        ("12345", "SE", "123 45"),
        ("sw1a 1aa", "GB", "SW1A 1AA"),
        ("1010", "AT", "1010"),
        ("D-04109", None, "04109"),
        ("4109", None, "4109"),
        ("A-1010", "DE", None),
        ("041091", "DE", None),
        ("109", "DE", None),
        ("Leipzig", "DE", None),
    ],
)
def test_a_postcode_in_its_country(text: str, country: str | None, found: str | None) -> None:
    assert postcode(text, country) == found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("EH1 1YZ", "GB"),
        ("JE2 3AB", "JE"),
        ("K1A 0B1", "CA"),
        ("1012 AB", "NL"),
        ("D02 X285", "IE"),
        ("00-950", "PL"),
        ("F-75008", "FR"),
        ("LV-1010", "LV"),
        ("78701", None),
        ("1010", None),
        ("123 45", None),
    ],
)
def test_the_country_of_a_postcode(text: str, country: str | None) -> None:
    assert postcode_country(text) == country


def test_a_state_is_confirmed_by_its_postcodes() -> None:
    assert state_fits_postcode("US", "MA", "2138")
    assert state_fits_postcode("CA", "ON", "K1A 0B1")
    assert state_fits_postcode("AU", "VIC", "3000")
    # Milan is MI too.
    assert not state_fits_postcode("US", "MI", "20121")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("SC123456", "GB"),
        ("HRB 4711 B", "DE"),
        ("FN 123456 a", "AT"),
        ("CHE-123.456.789", "CH"),
        ("AG Hannover HRB 4712", "DE"),
        ("552 100 555 R.C.S. Lyon", "FR"),
        ("KvK-nummer 12345679", "NL"),
        ("CVR-nr. 12345679", "DK"),
        ("923 456 789 MVA", "NO"),
        ("Org.nr. 556012-3457", "SE"),
        ("J12/345/2011", "RO"),
        ("ОГРН 1027700132196", "RU"),
        ("12345679", None),
        ("12345678", None),
    ],
)
def test_the_country_of_a_register_number(text: str, country: str | None) -> None:
    assert register_country(text) == country


def test_the_country_of_a_vat_id() -> None:
    assert vat_country("ATU12345678") == "AT"
    assert vat_country("EL123456789") == "GR"
    assert vat_country("USt-IdNr.: DE123456780") == "DE"
    assert vat_country("CHE-123.456.780 MWST") == "CH"
    assert vat_country("NL 1234.56.780.B.01") == "NL"
    assert vat_country("123456789") is None
