"""`sluice link` reads the bulk file of Companies House as it is downloaded.

Its header has spaces before some names and `PreviousName_1` to `PreviousName_10`.
"""

from pathlib import Path

from tests.console.conftest import Sluice, rows_of

BULK = Path(__file__).parent / "registers" / "BasicCompanyDataAsOneFile.csv"
WANTED = """\
name,country,city,company number
Brandix Bakery Ltd,GB,Leeds,
Zyxwell Robotics,United Kingdom,Glasgow,
Old Mill Bread Company Ltd,GB,,
Plinthorpe Auto Components,GB,,NI602233
Unheard Of,GB,,
"""


def test_companies_are_found_by_name_by_former_name_and_by_number(
    sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "fair.csv").write_text(WANTED)
    out = tmp_path / "out.csv"
    options = ("-o", out, "--right-id", "CompanyNumber")
    done = sluice("link", tmp_path / "fair.csv", BULK, *options)

    assert [row["match_id"] for row in rows_of(out)] == [
        "00941200",
        "SC300417",
        "00941200",
        "NI602233",
        "",
    ]
    read = dict(line.strip().split(",")[0].split(" is ") for line in _of_register(done.err))
    assert read["CompanyNumber"] == "register_number"
    assert read["SICCode.SicText_1"] == "industry"
    assert read["PreviousName_10.CompanyName"] == "former_name"
    assert "Accounts.AccountCategory" not in read
    assert 'e.g. "62020 - Information technology consultancy activities" → sic 62020' in done.err


def _of_register(notes: str) -> list[str]:
    return [line for line in notes.split(BULK.name)[-1].splitlines() if " is " in line]
