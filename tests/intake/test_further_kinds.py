"""Kinds of list that occur in many languages: persons, groups of columns, units, places, addresses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from intake.column_names import read_name
from intake.currencies import currency_of
from intake.personal import named_person
from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions
from leads.errors import UsageError


def reading(folder: Path, text: str, name: str = "list.csv") -> Reading:
    file = folder / name
    file.write_text(text, "utf-8")
    return open_reading(str(file), ReadOptions(), source="list:t", client_id=None)


def fields(found: Reading) -> dict[str, str]:
    return {column.header: column.field for column in found.mapping.columns}


def values(found: Reading, attribute: str) -> list[str]:
    return [str(one.value) for row in found for one in row.statements if one.attribute == attribute]


class TestPersons:
    """Columns of persons in further languages, declined, unspaced, or named as groups."""

    @pytest.mark.parametrize(
        "header",
        [
            "E-mail opiekuna",
            "Email obchodníka",
            "Телефон менеджера",
            "営業担当メール",
            "Account Owner.id",
            "Benutzer",
            "担当営業",
            "Usuario",
        ],
    )
    def test_our_own_people(self, header: str) -> None:
        kind = named_person(read_name(header), people=False)
        assert kind in ("personal:account_owner", "personal:personal_phone")

    @pytest.mark.parametrize(
        "header",
        [
            "Président du directoire",
            "Management Team",
            "Key people",
            "Führungsteam",
            "Équipe dirigeante",
            "Telefon jednatele",
            "Телефон директора",
            "担当者電話番号",
            "联系人电话",
            "담당자전화번호",
        ],
    )
    def test_people_of_the_company(self, header: str) -> None:
        assert named_person(read_name(header), people=False)

    @pytest.mark.parametrize(
        "header",
        [
            "Team size",
            "E-mail directory",
            "Telefon kontaktowy",
            "電話番号",
            "会社名",
            "Users",
            "Kontaktní telefon",
        ],
    )
    def test_columns_of_the_company(self, header: str) -> None:
        assert named_person(read_name(header), people=False) is None

    def test_a_staff_column_of_names_is_dropped_and_one_of_numbers_read(
        self, tmp_path: Path
    ) -> None:
        named = reading(tmp_path, "Company,Staff\nOrrin,Ann Ex; Bo Ex\nPell,Cy van Ey\n")
        assert fields(named)["Staff"] == "personal:person_name"
        assert all("Staff" not in row.raw for row in named)
        assert values(reading(tmp_path, "Company,Staff\nOrrin,40\n"), "employees") == ["40"]

    @pytest.mark.parametrize("header", ["People", "Team", "Équipe", "Equipo"])
    def test_a_count_of_people_is_no_person(self, tmp_path: Path, header: str) -> None:
        found = reading(tmp_path, f"Company,{header}\nOrrin,40\nPell,12\n")
        assert not fields(found)[header].startswith("personal:")

    def test_a_second_name_below_a_group_of_contacts_is_a_person(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for row in (
            ["Company", None, "Contact", None],
            ["Name", "City", "Name", "Phone"],
            ["Orrin Ltd", "Leeds", "Ann Ex", None],
            ["Pell Ltd", "York", "Bo Ex", None],
        ):
            book.worksheets[0].append(row)
        book.save(tmp_path / "list.xlsx")
        found = open_reading(
            str(tmp_path / "list.xlsx"), ReadOptions(), source="list:t", client_id=None
        )
        assert fields(found)["Company Name"] == "name"
        assert fields(found)["Contact Name"] == "personal:person_name"
        assert values(found, "name") == ["Orrin Ltd", "Pell Ltd"]
        assert values(found, "alias") == []

    def test_a_repeated_bare_name_of_persons_is_dropped(self, tmp_path: Path) -> None:
        found = reading(tmp_path, "Name,City,Name\nOrrin Ltd,Leeds,Ann Ex\nPell Ltd,York,Bo Ex\n")
        assert fields(found)["Name (2)"] == "personal:person_name"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Pincode", "postcode"),
        ("Billing Code", "postcode"),
        ("Suburb", "city"),
        ("Käive (EUR)", "turnover"),
        ("Apgrozījums", "turnover"),
        ("Apyvarta", "turnover"),
        ("Виручка (грн)", "turnover"),
        ("Prihodki", "turnover"),
        ("Doanh thu", "turnover"),
        ("الإيرادات", "turnover"),
        ("Број запослених", "employees"),
        ("Secteurs d’activité", "industry"),
        ("Sectores", "industry"),
        ("שנת הקמה", "founded"),
    ],
)
def test_columns_of_further_languages(tmp_path: Path, header: str, field: str) -> None:
    cell = "1999" if field in ("postcode", "founded", "turnover", "employees") else "Tools"
    assert fields(reading(tmp_path, f'Company,"{header}"\nOrrin,{cell}\n'))[header] == field


@pytest.mark.parametrize(
    ("cell", "code"),
    [("EUR", "EUR"), ("€", "EUR"), ("£", "GBP"), ("chf", "CHF"), ("$", "USD"), ("abc", None)],
)
def test_a_currency_in_a_cell_of_its_own(cell: str, code: str | None) -> None:
    assert currency_of(cell) == code


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("Operating revenue th EUR", "18500", "18,499,500 to 18,500,500 EUR"),
        ("Annual turnover (k€)", "900", "899,500 to 900,500 EUR"),
    ],
)
def test_units_behind_the_name(tmp_path: Path, header: str, cell: str, amount: str) -> None:
    assert values(reading(tmp_path, f"Company,{header}\nOrrin,{cell}\n"), "turnover") == [amount]


@pytest.mark.parametrize(
    ("address", "country", "postcode", "city"),
    [
        ("Am Tor 7, D-34117 Kassel", "DE", "34117", "Kassel"),
        ("Am Tor 7\nA-1010 Wien", "AT", "1010", "Wien"),
        ("Seegasse 4\n89073 Ulm\nDeutschland", "DE", "89073", "Ulm"),
        ("Via Blu 1, 20121 Milano (MI), Italia", "IT", "20121", "Milano"),
        ("9 Mill Lane\nLeeds\nLS1 4AP\nUnited Kingdom", "GB", "LS1 4AP", "Leeds"),
    ],
)
def test_an_address_in_one_cell(
    tmp_path: Path, address: str, country: str, postcode: str, city: str
) -> None:
    found = reading(tmp_path, f'Company,Address\nOrrin,"{address}"\n')
    assert values(found, "country") == [country]
    assert values(found, "postcode") == [postcode]
    assert values(found, "city") == [city]


@pytest.mark.parametrize(
    ("cell", "website"),
    [
        ("http:orrin.example", "https://orrin.example"),
        ("//orrin.example/es", "https://orrin.example/es"),
        ("WWW.orrin.example", "https://WWW.orrin.example"),
        ("http://orrin.example", "http://orrin.example"),
    ],
)
def test_websites_get_a_whole_scheme(tmp_path: Path, cell: str, website: str) -> None:
    assert values(reading(tmp_path, f"Company,Website\nOrrin,{cell}\n"), "website") == [website]


def test_company_pages_of_every_network_stay(tmp_path: Path) -> None:
    text = (
        "Firma,XING\nOrrin,https://www.xing.com/pages/orrin\n"
        "Pell,https://www.xing.com/profile/Ann_Ex\n"
    )
    found = reading(tmp_path, text)
    assert values(found, "social") == ["https://www.xing.com/pages/orrin"]
    assert [row.raw.get("XING", "") for row in found] == ["https://www.xing.com/pages/orrin", ""]


def test_a_column_of_addresses_alone_has_no_names(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="web addresses, not names") as caught:
        reading(tmp_path, "Company\nhttps://orrin.example\nhttps://pell.example\n")
    assert "--map name=COLUMN" in caught.value.hint


@pytest.mark.parametrize("status", ["CLOSED_PERMANENTLY", "Permanently closed", "closed"])
def test_a_map_export_says_that_a_company_is_closed(tmp_path: Path, status: str) -> None:
    found = reading(tmp_path, f"name,business_status\nOrrin,{status}\nPell,OPERATIONAL\n")
    assert values(found, "status") == ["inactive", "active"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- name: Orrin\n  city: Ulm\n", "a YAML file"),
        ("---\nfirms:\n  - Orrin\n", "a YAML file"),
        ("dn: cn=Ann,o=Orrin\nobjectClass: person\n", "an LDIF file"),
        ("From: a@orrin.example\nSubject: list\n\nOrrin\n", "an e-mail message"),
        ("<list><company>Orrin</company></list>", "a web page or XML"),
        ("\\documentclass{article}\n", "a TeX document"),
        ("DROP TABLE IF EXISTS x;\n", "SQL"),
        ("BEGIN:VCARD\nVERSION:4.0\n", "a vCard file"),
    ],
)
def test_other_kinds_of_text_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        reading(tmp_path, text)
    assert caught.value.hint


def test_a_key_with_a_nul_can_be_stored(tmp_path: Path) -> None:
    found = reading(tmp_path, '{"name": "Orrin", "\\u0000k": "a"}\n', "list.jsonl")
    assert [row.raw for row in found] == [{"name": "Orrin", "\ufffdk": "a"}]
