"""How many companies and open cards a suppression hits, and what is refused as too general."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
ROWS = (
    "Zeta Anlagen GmbH,zeta.example,DE",
    "Zeta Anlagen Holding AG,zeta-holding.example,DE",
    "Omega Werke AG,omega.example,FR",
    "Kappa Technik GmbH,,DE",
)


@pytest.fixture
def town(sluice: Sluice, tmp_path: Path, database: str) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text("\n".join(("name,website,country", *ROWS)) + "\n")
    sluice("run", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


@pytest.mark.usefixtures("town")
def test_every_company_counts_in_the_queue_or_not(sluice: Sluice) -> None:
    dry = sluice("suppress", "add", "omega.example", "--dry-run", "--json").json
    done = sluice("suppress", "add", "omega.example", "--json").json
    assert dry == done
    assert (done["matches"], done["open_cards"], done["nearest"]) == (1, 0, [])

    said = sluice("suppress", "add", "Zeta Anlagen").out
    assert said == (
        "company Zeta Anlagen: suppressed; matches 2 companies, takes 2 open cards out of the queue\n"
    )
    assert sluice("queue", "stats", "--json").json["states"]["ready"] == 1


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("text", "near"),
    [("Omgga Wrke", ["Omega Werke AG"]), ("kappatechnik.example", ["Kappa Technik GmbH"])],
)
def test_no_match_is_said_with_the_nearest_names(
    sluice: Sluice, text: str, near: list[str]
) -> None:
    found = sluice("suppress", "add", text, "--dry-run", "--json").json
    assert (found["matches"], found["nearest"]) == (0, near)
    said = sluice("suppress", "add", text)
    assert "matches 0 companies" in said.out
    assert f"no stored company matches; the nearest names are {near[0]}" in said.err


def test_without_companies_the_next_list_is_still_met(sluice: Sluice) -> None:
    said = sluice("suppress", "add", "zeta.example")
    assert "no stored company matches\n" in said.err


@pytest.mark.usefixtures("town")
def test_a_list_without_a_campaign_is_counted_too(sluice: Sluice, tmp_path: Path) -> None:
    sluice("client", "add", "nordwind")
    sluice("import", tmp_path / "list.csv", "--client", "nordwind")
    found = sluice("suppress", "add", "kappa technik", "--client", "nordwind", "--json").json
    assert (found["matches"], found["open_cards"]) == (1, 0)
    everywhere = sluice("suppress", "add", "Kappa Technik", "--level", "agency", "--json").json
    assert (everywhere["matches"], everywhere["open_cards"]) == (2, 1)


@pytest.mark.usefixtures("town")
def test_do_not_contact_says_what_it_hits(sluice: Sluice) -> None:
    sluice("suppress", "add", "kappa technik")
    sluice("queue", "next", "--as", "ann")
    done = sluice("queue", "done", "do_not_contact", "--as", "ann")
    assert "matches 2 companies, takes 1 open card out of the queue" in done.err


@pytest.mark.usefixtures("town")
def test_do_not_contact_counts_in_json_too(sluice: Sluice) -> None:
    sluice("queue", "next", "--as", "ann")
    done = sluice("queue", "done", "do_not_contact", "--as", "ann", "--json").json
    assert done["suppressed"] is True
    assert done["companies"] >= 1
    assert done["open_cards"] == done["companies"] - 1


def test_entries_that_name_no_company_are_rejected_lines(sluice: Sluice, tmp_path: Path) -> None:
    entries = ("GmbH", "12", '"..."', "X", "Germany", ".com", "gmail.com", "Kappa GmbH", "Inc.")
    for name, first in (("single.txt", ()), ("column.csv", ("company",))):
        (tmp_path / name).write_text("\n".join((*first, *entries)) + "\n")
        done = sluice("suppress", "import", tmp_path / name, "--json", code=5)
        assert done.json["rejected"] >= 7, done.err
        assert "'GmbH' is a legal form" in done.err
        assert "'Germany' is a country" in done.err
    subjects = {row["subject"] for row in sluice("suppress", "list", "--json").json}
    assert subjects == {"Kappa GmbH"}


@pytest.mark.usefixtures("town")
def test_an_import_counts_what_it_hits(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "dnc.txt").write_text("zeta.example\nomega.example\nsigma.example\n")
    done = sluice("suppress", "import", tmp_path / "dnc.txt", "--json")
    assert done.json == {"new": 3, "known": 0, "rejected": 0, "matches": 2, "open_cards": 1}
