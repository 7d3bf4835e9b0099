"""How each column was read is shown with an example, and doubtful columns are flagged."""

from pathlib import Path

import pytest

from intake.column_readings import ColumnReading
from intake.read_list import open_reading
from intake.read_options import ReadOptions


def readings(folder: Path, text: str) -> dict[str, ColumnReading]:
    path = folder / "list.csv"
    path.write_text(text, "utf-8")
    reading = open_reading(str(path), ReadOptions(), source="list:x", client_id=None)
    return {one.column.header: one for one in reading.column_readings()}


@pytest.mark.parametrize(
    ("header", "cell", "values"),
    [
        ("Mitarbeiter", "140", ""),
        ("Gegründet", "1998-04-01", "1998"),
        ("Land", "Deutschland", "DE"),
        ("Website", "acme.example/de", "https://acme.example/de; domain acme.example"),
        ("Sitz", "Ulm, Deutschland", "country DE; city Ulm"),
        ("NACE", "2815", "nace2.0 28.15"),
        ("Mitarbeiterzahl", "11-50", "11 to 50"),
    ],
)
def test_an_example_and_its_reading(tmp_path: Path, header: str, cell: str, values: str) -> None:
    found = readings(tmp_path, f'Firma,{header}\nAcme,"{cell}"\nBeta,\n')[header]
    assert (found.cell, found.values, found.filled, found.doubt) == (cell, values, 0.5, "")


def test_an_amount_shows_its_unit(tmp_path: Path) -> None:
    found = readings(tmp_path, 'Firma;Umsatz\nAcme;"8,50 Mio EUR"\n')["Umsatz"]
    assert found.values.endswith(" EUR")
    assert found.values.startswith("8,4")


def test_a_column_that_cannot_be_read_often_is_flagged(tmp_path: Path) -> None:
    rows = "".join(f"Acme {n},{'many' if n % 3 else '120'}\n" for n in range(12))
    found = readings(tmp_path, f"Company,Employees\n{rows}")["Employees"]
    assert found.doubt == "8 of 12 cells cannot be read, e.g. 'many'"


def test_a_few_unread_cells_are_not(tmp_path: Path) -> None:
    rows = "".join(f"Acme {n},{'many' if n == 7 else '120'}\n" for n in range(12))
    assert not readings(tmp_path, f"Company,Employees\n{rows}")["Employees"].doubt


def test_columns_that_contradict_each_other_are_flagged(tmp_path: Path) -> None:
    rows = "".join(f"Acme {n},140,11-50\n" for n in range(4))
    found = readings(tmp_path, f"Company,Employees,Company size\n{rows}")
    assert found["Company size"].doubt.startswith("it contradicts 'Employees' in 4 of 4 rows")
    assert not found["Employees"].doubt


def test_columns_that_agree_are_not(tmp_path: Path) -> None:
    rows = "".join(f"Acme {n},40,11-50\n" for n in range(4))
    found = readings(tmp_path, f"Company,Employees,Company size\n{rows}")
    assert not any(one.doubt for one in found.values())


def test_no_person_is_an_example(tmp_path: Path) -> None:
    found = readings(
        tmp_path,
        "Company,Contact person,Email,LinkedIn\n"
        "Acme,Jo Doe,jo.doe@acme.example,linkedin.com/in/jo\n"
        "Beta,Al Bee,info@beta.example,linkedin.com/company/beta\n"
        "Gamma,Cy Dee,info@gamma.example,linkedin.com/company/gamma\n",
    )
    assert list(found) == ["Company", "Email", "LinkedIn"]
    shown = " ".join(f"{one.cell} {one.values}" for one in found.values())
    assert "jo" not in shown.lower()
