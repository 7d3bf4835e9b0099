"""The country and currency of a list that states neither."""

from __future__ import annotations

from pathlib import Path

from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions

STATES = "Company,City,State,Zip,Phone,Revenue\n" + "".join(
    f"Tarnholm {letter} Inc,Austin,TX,78701,(512) 555-01{at:02},8500000\n"
    for at, letter in enumerate("ABCDE")
)


def _reading(
    folder: Path, text: str, country: str | None = None, currency: str | None = None
) -> Reading:
    file = folder / "list.csv"
    file.write_text(text)
    return open_reading(
        str(file), ReadOptions(country=country, currency=currency), source="list:t", client_id=None
    )


def _values(reading: Reading, attribute: str) -> list[str]:
    return [
        str(one.value) for row in reading for one in row.statements if one.attribute == attribute
    ]


def test_a_state_and_its_postcode_show_the_country_and_phones_are_read(tmp_path: Path) -> None:
    reading = _reading(tmp_path, STATES)
    assert _values(reading, "country") == ["US"] * 5
    assert _values(reading, "phone")[0] == "+15125550100"


def test_a_stated_country_is_evidence_of_its_own(tmp_path: Path) -> None:
    reading = _reading(tmp_path, "Company,Phone\nTarnholm,020 7946 0018\n", country="GB")
    (row,) = reading
    (country,) = [one for one in row.statements if one.attribute == "country"]
    assert (country.value, country.quote) == ("GB", "stated for the whole list")
    assert _values(reading, "phone") == ["+442079460018"]


def test_a_row_that_states_its_country_keeps_it(tmp_path: Path) -> None:
    text = "Company,Country,Postcode\nTarnholm,AT,1010\nBrack,,EH1 1YZ\nFell,,\n"
    assert _values(_reading(tmp_path, text, country="DE"), "country") == ["AT", "GB", "DE"]


def test_a_stated_currency_is_said_with_the_amount(tmp_path: Path) -> None:
    reading = _reading(tmp_path, STATES, currency="AUD")
    row = next(iter(reading))
    (turnover,) = [one for one in row.statements if one.attribute == "turnover"]
    assert str(turnover.value) == "8,500,000 AUD"
    assert "currency AUD stated for the whole list" in turnover.quote
    assert _values(_reading(tmp_path, STATES), "turnover") == []


def test_a_consistent_list_shows_its_country_and_says_so(tmp_path: Path) -> None:
    text = "Firma,PLZ\n" + "".join(f"Tarnholm {letter} GmbH,34117\n" for letter in "ABCD")
    reading = _reading(tmp_path, text + "Brack,\n")
    assert _values(reading, "country") == ["DE"] * 5
    assert any("country DE guessed" in note and "--country" in note for note in reading.notes())


def test_a_mixed_list_shows_no_country(tmp_path: Path) -> None:
    text = "Firma,PLZ\nTarn A GmbH,34117\nTarn B GmbH,1010\nTarn C GmbH,34117\nTarn D AG,8001\n"
    assert _values(_reading(tmp_path, text), "country") == []


def test_another_country_makes_other_rows(tmp_path: Path) -> None:
    hashes = [
        next(iter(_reading(tmp_path, "Company\nTarnholm\n", country))).content_hash
        for country in (None, "GB", "IE")
    ]
    assert len(set(hashes)) == 3
