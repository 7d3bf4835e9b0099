"""A CRM export in one file: each row's stage decides whether its company may be prospected."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.console.conftest import Sluice

ICP = """
icp: makers
version: 1
company_is: legal_entity
suspect:
  - country: [DE]
"""
HEADER = "Company,Domain,Country,Lifecycle Stage,Deal Stage\n"
ROWS = [
    "Nordwind GmbH,nordwind.example,DE,Customer,",
    "Suedlicht AG,suedlicht.example,DE,Lead,Contract Sent",
    "Ostsee GmbH,ostsee.example,DE,Lead,Closed Lost",
    "Westtor GmbH,westtor.example,DE,Competitor,",
    "Kleinod GmbH,kleinod.example,DE,Subscriber,Pilot week",
    "Bergwerk GmbH,bergwerk.example,DE,Lead,Closed Won",
]


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    return write(tmp_path, ROWS)


def write(folder: Path, rows: list[str]) -> Path:
    file = folder / "crm.csv"
    file.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    return file


def queued(sluice: Sluice, export: Path, *more: str) -> set[str]:
    command = ["run", export, "--icp", export.parent / "icp.yaml", "--no-crawl", "--json", *more]
    sluice(*command)
    return {row["name"] for row in sluice("queue", "show", "--json").json}


def test_rows_of_customers_deals_and_competitors_are_excluded(sluice: Sluice, export: Path) -> None:
    assert queued(sluice, export) == {"Ostsee GmbH", "Kleinod GmbH"}

    cards = {
        name: sluice("icp", "explain", name, "--json", code=None).out
        for name in ("Nordwind GmbH", "Suedlicht AG", "Westtor GmbH", "Bergwerk GmbH")
    }
    assert "(customers)" in cards["Nordwind GmbH"]
    assert "(open deals)" in cards["Suedlicht AG"]
    assert "(competitors)" in cards["Westtor GmbH"]
    assert "(customers)" in cards["Bergwerk GmbH"]


def test_the_import_says_what_it_understood(sluice: Sluice, export: Path) -> None:
    ran = sluice("import", export, "--dry-run", "--json")

    assert ran.json["excluded_rows"] == {"customers": 2, "open_deals": 1, "competitors": 1}
    assert any("names no known stage" in note for note in ran.json["notes"])
    assert "1 row is excluded as customers by 'Lifecycle Stage' ('Customer')" in ran.err
    assert "--map keep='Lifecycle Stage'" in ran.err
    assert "'Deal Stage' has 1 cell that names no known stage ('Pilot week')" in ran.err


def test_a_column_that_the_user_keeps_excludes_nobody(sluice: Sluice, export: Path) -> None:
    keep = ("--map", "keep=Lifecycle Stage", "--map", "keep=Deal Stage")

    assert len(queued(sluice, export, *keep)) == len(ROWS)


def test_the_printed_advice_works_on_a_list_that_is_stored(sluice: Sluice, export: Path) -> None:
    keep = ("--map", "keep=Lifecycle Stage", "--map", "keep=Deal Stage")
    assert len(queued(sluice, export)) == 2

    assert len(queued(sluice, export, *keep)) == len(ROWS)
    # The mapping of a header is remembered until the user maps it in another way.
    assert len(queued(sluice, export)) == len(ROWS)


def test_a_lead_that_becomes_a_customer_leaves_the_queue(sluice: Sluice, export: Path) -> None:
    assert "Ostsee GmbH" in queued(sluice, export)

    won = [row.replace("Closed Lost", "Closed Won") for row in ROWS]
    assert queued(sluice, write(export.parent, won)) == {"Kleinod GmbH"}

    assert queued(sluice, write(export.parent, ROWS)) == {"Ostsee GmbH", "Kleinod GmbH"}


def test_a_list_of_customers_stays_one(sluice: Sluice, export: Path) -> None:
    ran = sluice("import", export, "--role", "customers", "--json")

    assert ran.json["excluded_rows"] == {}
    assert "is excluded as" not in ran.err


def test_run_reads_the_named_sheet(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    book = Workbook()
    for title, name in (("Fair", "Nordwind GmbH"), ("Visitors", "Ostsee GmbH")):
        sheet = book.create_sheet(title)
        sheet.append(["Company", "Country"])
        sheet.append([name, "DE"])
    book.save(tmp_path / "fair.xlsx")

    sluice(
        "run", tmp_path / "fair.xlsx", "--sheet", "Visitors", "--icp", tmp_path / "icp.yaml",
        "--no-crawl",
    )  # fmt: skip

    rows = sluice("queue", "show", "--json").json
    assert [row["name"] for row in rows] == ["Ostsee GmbH"]


def test_type_and_stage_of_an_account_export_exclude(sluice: Sluice, export: Path) -> None:
    export.write_text(
        "Account Name,Account Owner,Type,Stage,Website,Billing Country\n"
        "Nordwind GmbH,Ann,Customer - Direct,,nordwind.example,Germany\n"
        "Suedlicht AG,Ann,Prospect,Negotiation/Review,suedlicht.example,Germany\n"
        "Ostsee GmbH,Ann,Prospect,Closed Lost,ostsee.example,Germany\n"
        "Westtor GmbH,Ann,Competitor,,westtor.example,Germany\n",
        "utf-8",
    )
    assert queued(sluice, export) == {"Ostsee GmbH"}
