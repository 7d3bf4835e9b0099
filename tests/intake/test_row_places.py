"""Places of a row: addresses in one cell, towns and the forms of names that fit the country."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.read_list import open_reading
from intake.read_options import ReadOptions


def _stated(folder: Path, text: str, country: str | None = None) -> list[dict[str, list[str]]]:
    file = folder / "list.csv"
    file.write_text(text)
    reading = open_reading(str(file), ReadOptions(country=country), source="list:t", client_id=None)
    rows: list[dict[str, list[str]]] = []
    for row in reading:
        found: dict[str, list[str]] = {}
        for one in row.statements:
            found.setdefault(one.attribute, []).append(str(one.value))
        rows.append(found)
    return rows


@pytest.mark.parametrize(
    ("address", "country", "postcode", "city"),
    [
        ("Am Wehr 5, 34117 Kassel, Germany", "DE", "34117", "Kassel"),
        ("12 Mill Lane, Leeds LS1 4AP", "GB", "LS1 4AP", "Leeds"),
        ("5 High Street, Exeter, EX4 3RP, UK", "GB", "EX4 3RP", "Exeter"),
        ("100 Congress Ave, Austin, TX 78701", "US", "78701", "Austin"),
        ("Storgatan 1, 114 55 Stockholm, Sweden", "SE", "114 55", "Stockholm"),
        ("Keizersgracht 1, 1015 CJ Amsterdam, Netherlands", "NL", "1015 CJ", "Amsterdam"),
    ],
)
def test_an_address_in_one_cell(
    tmp_path: Path, address: str, country: str, postcode: str, city: str
) -> None:
    (row,) = _stated(tmp_path, f'Company,Address\nTarnholm,"{address}"\n')
    assert (row["country"], row["postcode"], row["city"]) == ([country], [postcode], [city])


def test_an_address_of_the_stated_country(tmp_path: Path) -> None:
    text = 'Company,Address\nTarnholm,"Am Wehr 5, 4109 Leipzig"\n'
    (row,) = _stated(tmp_path, text, country="DE")
    assert (row["postcode"], row["city"]) == (["04109"], ["Leipzig"])
    assert "postcode" not in _stated(tmp_path, text)[0]


def test_a_form_before_the_name_must_fit_the_country(tmp_path: Path) -> None:
    text = (
        "Company,Country\nUAB Tarnholm,US\nUAB Tarnholm,LT\nSAS Tarnholm,FR\nNV Tarn,\nTarn NV,\n"
    )
    assert [row.get("legal_form") for row in _stated(tmp_path, text)] == [
        None,
        ["uab"],
        ["sas"],
        None,
        ["nv"],
    ]


def test_a_list_of_industries_is_split_at_commas(tmp_path: Path) -> None:
    cell = '"Machinery Manufacturing, Robotics"'
    assert _stated(tmp_path, f"Company,Industries\nTarnholm,{cell}\n")[0]["industry"] == [
        "Machinery Manufacturing",
        "Robotics",
    ]
    whole = '"Hotels, Resorts & Cruise Lines"'
    assert len(_stated(tmp_path, f"Company,Industries\nTarnholm,{whole}\n")[0]["industry"]) == 1
    assert len(_stated(tmp_path, f"Company,Industry\nTarnholm,{cell}\n")[0]["industry"]) == 1


def test_a_column_of_cities_with_more_in_most_cells_keeps_the_bare_ones(tmp_path: Path) -> None:
    rows = _stated(
        tmp_path,
        "Company;City\nZeta GmbH;Kassel, Hessen\nOmega GmbH;Ulm, Bayern\nRho GmbH;Dinslaken\n",
    )
    assert [row["city"] for row in rows] == [["Kassel"], ["Ulm"], ["Dinslaken"]]


def test_a_german_list_names_countries_by_their_vehicle_signs(tmp_path: Path) -> None:
    rows = "Kiesel Optik AG;20095 Hamburg;D\nNord Haus KG;Kiel;D\nAlpen Bau GmbH;1010 Wien;A\n"
    found = _stated(tmp_path, f"Firma;PLZ/Ort;Land\n{rows}")
    assert [one["country"] for one in found] == [["DE"], ["DE"], ["AT"]]
    assert [one["city"] for one in found] == [["Hamburg"], ["Kiel"], ["Wien"]]
