"""Where the data of a company comes from: lists with vendor and date, pages with their address."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outreach.origins import Origin, letter
from tests.console.conftest import Sluice


@pytest.mark.usefixtures("database")
def test_each_list_is_named_with_vendor_file_line_and_day(sluice: Sluice, tmp_path: Path) -> None:
    first, second = tmp_path / "fair.csv", tmp_path / "bought.csv"
    first.write_text("name,website,country\nZeta GmbH,zeta.example,DE\nOmega AG,,DE\n")
    second.write_text("name,website,phone\nZeta GmbH,zeta.example,+49 30 1234567\n")
    sluice("import", first)
    sluice("import", second, "--vendor", "Nordwind Data")
    sluice("dedupe", "run")
    today = datetime.now(UTC).date().isoformat()

    told = sluice("source-of", "zeta.example")
    assert told.out.startswith("The data that we hold about Zeta GmbH comes from these sources:")
    assert f"The list fair, line 2 of the file fair.csv, imported on {today}." in told.out
    assert "The list bought from Nordwind Data, line 2 of the file bought.csv" in told.out
    assert "+49301234567" in told.out
    assert "Omega" not in told.out

    sources = sluice("source-of", "Zeta GmbH", "--json").json["sources"]
    assert [one["vendor"] for one in sources] == [None, "Nordwind Data"]
    assert (
        "nothing is stored about 'nobody.example' for the client"
        in sluice("source-of", "nobody.example", code=3).err
    )


def test_a_page_is_named_with_its_address_and_day() -> None:
    page = Origin(
        kind="page",
        name="https://zeta.example/imprint",
        day=date(2026, 3, 1),
        said={"phone": ["+49301234567"]},
    )
    assert letter("Zeta GmbH", [page]).splitlines()[2:] == [
        "1. The public page https://zeta.example/imprint, read on 2026-03-01.",
        "   - phone: +49301234567",
    ]
    assert "no data about Zeta GmbH" in letter("Zeta GmbH", [])
