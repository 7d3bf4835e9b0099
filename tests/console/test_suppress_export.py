"""The do-not-contact list as a file, read back by the import."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

NAMED = (
    "Zeta Pressteile GmbH",
    "zeta.example",
    "info@omega.example",
    "+49 30 1234567",
    "monday.com",
)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_the_file_suppresses_the_same_at_another_client(
    sluice: Sluice, queued: Callable[..., None], tmp_path: Path, ending: str
) -> None:
    queued("Nordwind Stahl GmbH")
    company = sluice("queue", "show", "--json").json[0]["company_id"]
    for text in (*NAMED, company):
        sluice("suppress", "add", text, "--reason", "=asked us")
    sluice("client", "add", "other")
    file = tmp_path / f"list.{ending}"

    written = sluice("suppress", "export", "-o", file, "--json").json
    assert written == {"files": [str(file)], "rows": 6, "erased": 0}
    read = sluice("suppress", "import", file, "--client", "other", "--json").json
    assert (read["new"], read["rejected"]) == (6, 0)
    for text in (*NAMED, "nordwind.example", "Nordwind Stahl GmbH"):
        assert sluice("suppress", "check", text, "--client", "other", "--json").json["suppressed"]
    assert not sluice("suppress", "check", "omega.example", "--client", "other", "--json").json[
        "suppressed"
    ]


@pytest.mark.usefixtures("database")
def test_one_level_and_a_file_that_exists(sluice: Sluice, tmp_path: Path) -> None:
    sluice("suppress", "add", "zeta.example")
    sluice("suppress", "add", "omega.example", "--level", "agency")
    file = tmp_path / "list.csv"
    sluice("suppress", "export", "-o", file, "--level", "agency")
    assert "omega.example" in file.read_text()
    assert "zeta.example" not in file.read_text()

    refused = sluice("suppress", "export", "-o", file, code=4)
    assert "exists already" in refused.err
    assert (
        "is not a level"
        in sluice("suppress", "export", "-o", "x.csv", "--level", "all", code=2).err
    )
