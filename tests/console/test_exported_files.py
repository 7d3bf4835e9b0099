"""Files of every export profile: what the tool needs is there, and hostile names come back."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.console.conftest import Sluice
from tests.console.open_policy import use_open_policy

PROFILES = {
    "apollo": ["Account Name"],
    "hubspot": ["Company name", "Company Domain Name"],
    "instantly": ["email"],
    "lemlist": ["email"],
    "outreach": ["Name"],
    "pipedrive": ["Organization - Name"],
    "plain": ["company_id", "name", "stage", "reason"],
    "salesforce": ["Company", "LastName"],
    "spreadsheet": ["Company"],
}
#: The column that holds the name.
NAMES = {"instantly": "company_name", "lemlist": "companyName", "plain": "name"}
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
FORMULAS = ("=cmd|' /C calc'!A0 GmbH", "＝HYPERLINK(1) GmbH")
HOSTILE = (
    "@SUM(1+1) GmbH",
    "+49 Werkzeug GmbH",
    "-2+3 Handel GmbH",
    "<script>alert(1)</script> GmbH",
    "\u202eHbmG kceR GmbH",
    "\x1b[31mRot\x1b[0m GmbH",
    'Quote "Unquote", Sons; Partner | GmbH',
    "O'Hara 'Söhne' GmbH",
)


@pytest.fixture
def hostile(sluice: Sluice, tmp_path: Path) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP)
    path = tmp_path / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("name", "website", "country", "email", "phone"))
        for number, name in enumerate((*HOSTILE, *FORMULAS)):
            host = f"hostile-{number}.example"
            writer.writerow((name, host, "DE", f"info@{host}", f"+49 30 23456{number:02}"))
    said = sluice("run", path, "--icp", tmp_path / "icp.yaml", "--no-crawl", code=5).err
    assert "rejected, 2 rows: 'name' begins with" in said
    use_open_policy(sluice, tmp_path)
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "no_answer", "--note", FORMULAS[0], "--as", "ann")
    return tmp_path


def stored(sluice: Sluice, client: str = "default") -> dict[str, str]:
    """The name of each company, by its domain."""
    rows = sluice("export", "--stage", "all", "--json", "--client", client).json
    return {row["domain"]: row["name"] for row in rows}


@dataclass(frozen=True)
class Exported:
    """The files of one profile, and what pandas and calamine read from them."""

    csv: Path
    xlsx: Path
    texts: pandas.DataFrame
    sheet: pandas.DataFrame


def exported(sluice: Sluice, folder: Path, profile: str) -> Exported:
    texts, book = folder / "out.csv", folder / "out.xlsx"
    for path in (texts, book):
        sluice("export", "--profile", profile, "-o", path)
    frame = pandas.read_csv(texts, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    head, *rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    sheet = pandas.DataFrame(rows, columns=[str(one) for one in head]).astype(str)
    return Exported(texts, book, frame, sheet)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_file_has_what_its_tool_needs_and_comes_back(
    sluice: Sluice, hostile: Path, profile: str
) -> None:
    known = sorted(stored(sluice).values())
    assert len(known) == len(HOSTILE)
    made = exported(sluice, hostile, profile)
    for found in (made.texts, made.sheet):
        assert len(found) == len(known)
        for needed in PROFILES[profile]:
            assert all(found[needed])

    column = NAMES.get(profile, PROFILES[profile][0])
    assert sorted(made.sheet[column]) == known
    quote = "'" if profile == "spreadsheet" else ""
    assert sorted(name.removeprefix(quote) for name in made.texts[column]) == known

    for path in (made.csv, made.xlsx):
        client = path.suffix[1:]
        back = ("run", path, "--icp", hostile / "icp.yaml", "--no-crawl", "--new-client")
        sluice(*back, "--client", client)
        assert sorted(stored(sluice, client).values()) == known


def test_no_cell_is_a_formula(sluice: Sluice, hostile: Path) -> None:
    made = exported(sluice, hostile, "spreadsheet")
    assert f"'{FORMULAS[0]}" in set(made.texts["Note"])
    assert FORMULAS[0] in set(made.sheet["Note"])
    (page,) = load_workbook(made.xlsx).worksheets
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize("profile", ["plain", "spreadsheet"])
def test_no_file_steers_a_terminal(sluice: Sluice, hostile: Path, profile: str) -> None:
    made = exported(sluice, hostile, profile)
    assert b"Rot" in made.csv.read_bytes()
    assert b"\x1b" not in made.csv.read_bytes()


def test_a_card_and_a_table_show_no_control_characters(sluice: Sluice, hostile: Path) -> None:
    for said in (sluice("queue", "show").out, sluice("queue", "show", "hostile-5.example").out):
        assert "\x1b" not in said
        assert "\u202e" not in said


def test_a_value_that_is_wrong_is_not_exported(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "a.csv").write_text(
        "name,website,country,phone,employees\nZeta GmbH,zeta.example,DE,+49 30 2345678,900\n"
    )
    sluice("run", tmp_path / "a.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")

    def row() -> dict[str, object]:
        (found,) = sluice("export", "--stage", "all", "--json").json
        return {name: found[name] for name in ("phone", "employees_low", "doubted")}

    assert row() == {"phone": "+49302345678", "employees_low": 900, "doubted": None}
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "wrong_number", "--as", "ann")
    assert row()["phone"] is None
    sluice("queue", "undo", "--as", "ann")
    assert row()["phone"] == "+49302345678"
    sluice("queue", "done", "too_small", "--as", "ann")
    assert row() == {"phone": "+49302345678", "employees_low": 900, "doubted": "employees"}


def test_a_report_after_an_erasure_finds_nothing(sluice: Sluice, hostile: Path) -> None:
    sluice("queue", "next", "--as", "ann")
    for number in range(len(HOSTILE)):
        sluice("forget", f"hostile-{number}.example", "--yes")
    for company in ((), ("--company", "hostile-0.example")):
        gone = sluice("queue", "done", "no_answer", "--as", "ann", *company, code=3)
        assert "Traceback" not in gone.err
    sluice("queue", "undo", "--as", "ann", code=3)
    assert sluice("queue", "mine", "--as", "ann", "--json").json["held"] == []
