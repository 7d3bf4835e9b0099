"""A suppression of a stored company follows it: past a corrected row, to other clients, by name."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


def run(sluice: Sluice, folder: Path, rows: str, *more: str) -> None:
    (folder / "icp.yaml").write_text(ICP)
    (folder / "fair.csv").write_text(f"id,name,website,country\n{rows}\n")
    sluice("run", folder / "fair.csv", "--icp", folder / "icp.yaml", "--no-crawl", *more)


def test_a_corrected_row_does_not_lift_it(sluice: Sluice, tmp_path: Path) -> None:
    run(sluice, tmp_path, "1,Foobar Pressteile GmbH,,DE")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "do_not_contact", "--as", "ann")

    run(sluice, tmp_path, "1,Neuhaus Umformtechnik GmbH,,DE")
    sluice("icp", "use", tmp_path / "icp.yaml", "--campaign", "second")

    sluice("queue", "next", "--as", "bob", "--campaign", "second", code=3)


def test_by_id_for_the_agency_it_counts_for_every_client(sluice: Sluice, tmp_path: Path) -> None:
    row = "1,Southern Things GmbH,southern.example,DE"
    run(sluice, tmp_path, row)
    run(sluice, tmp_path, row, "--client", "other", "--new-client")
    company = sluice("queue", "show", "--json").json[0]["company_id"]

    sluice("suppress", "add", company, "--level", "agency")

    for client in ("default", "other"):
        sluice("queue", "next", "--as", "ann", "--client", client, code=3)
    assert sluice("suppress", "check", "southern.example", "--json").json["suppressed"]


def test_a_company_is_checked_under_any_of_its_names(sluice: Sluice, tmp_path: Path) -> None:
    run(sluice, tmp_path, "1,Gesperrt Werkzeug GmbH,gesperrt.example,DE")
    sluice("suppress", "add", "gesperrt.example")

    assert sluice("suppress", "check", "Gesperrt Werkzeug GmbH", "--json").json["suppressed"]
    assert not sluice("suppress", "check", "Anders Werkzeug GmbH", "--json").json["suppressed"]


def test_the_address_of_a_company_suppressed_by_name_is_suppressed(
    sluice: Sluice, tmp_path: Path
) -> None:
    run(sluice, tmp_path, "1,Gesperrt Werkzeug GmbH,gesperrt.example,DE")
    sluice("suppress", "add", "Gesperrt Werkzeug GmbH")
    sluice("suppress", "add", "gesperrt.example", "--level", "agency", "--until", "2099-01-31")

    found = sluice("suppress", "check", "info@gesperrt.example", "--json").json
    assert {one["level"] for one in found["by"]} == {"client", "agency"}
    assert not sluice("suppress", "check", "info@anders.example", "--json").json["suppressed"]
