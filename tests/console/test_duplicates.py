"""`sluice dedupe`: what it shows, who may decide, and for which client."""

from pathlib import Path

import pytest

from leads.store import clients, users
from leads.store.migrate import open_store
from tests.console.conftest import Sluice

ROWS = """name,country,city,domain
Zyxwell Robotics GmbH,DE,Berlin,zyxwell.example
Zyxwell Robotics,DE,Berlin,zyxwell.example
Prismol Labs,GB,Exton,
Quorvian,,,quorvian.example
Quorvian,,Exton,quorvian.test
"""
ZYXWELL, PRISMOL = "Zyxwell Robotics GmbH", "Prismol Labs"


@pytest.fixture
def imported(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    file = tmp_path / "fair.csv"
    file.write_text(ROWS, "utf-8")
    return file


@pytest.fixture
def people(sluice: Sluice, imported: Path, database_url: str) -> None:
    """The list of `default` is stored; ann is an SDR, bob a manager for another client only."""
    sluice("import", imported)
    store = open_store(database_url)
    with store.write() as tx:
        users.add(tx, "ann", "sdr")
        users.add(tx, "bob", "manager", [clients.make_client(tx, "other").id])
    store.close()


def test_a_company_is_explained_by_the_pairs_of_its_records(sluice: Sluice, imported: Path) -> None:
    sluice("import", imported)
    found = sluice("dedupe", "explain", ZYXWELL, "--json").json
    assert list(found) == ["company", "records", "links", "history", "pairs"]
    (pair,) = found["pairs"]
    assert {pair["left"]["row"], pair["right"]["row"]} == {1, 2}
    assert pair["left"]["stated"]["domain"] == ["zyxwell.example"]
    assert (pair["outcome"], pair["margin"]) == ("same", 0.5)
    assert "both have the domain zyxwell.example" in pair["why"]
    assert pair["odds"] == pytest.approx(sum(one["odds"] for one in pair["waterfall"]), abs=0.05)
    assert {"key": "domain", "together": True, "says": "both have 'zyxwell.example'"} in pair[
        "keys"
    ]

    shown = sluice("dedupe", "explain", ZYXWELL).out
    assert "row 1)  =  Zyxwell Robotics (fair, row 2)" in shown
    assert f"{pair['odds']:+.2f}  in total" in shown


def test_a_described_company_is_found_among_the_stored_ones(sluice: Sluice, imported: Path) -> None:
    assert sluice("dedupe", "find", "Zyxwell").out == "no stored company may be this one\n"
    sluice("import", imported)
    (found,) = sluice(
        "dedupe", "find", "Zyxwel Robotics", "--city", "Berlin", "--country", "Germany", "--json"
    ).json["matches"]
    assert (found["name"], found["outcome"]) == (ZYXWELL, "same")
    assert found["for"]
    assert found["odds"] > 0
    shown = sluice("dedupe", "find", "Prismol Labs Ltd", "--country", "GB").out
    assert shown.startswith("same  Prismol Labs  ")
    for option, value, what in (
        ("--country", "Atlantis", "country"),
        ("--domain", "!!", "domain"),
        ("--phone", "hello", "phone number"),
        ("--register-number", "zz", "register number"),
        ("--postcode", "-", "postcode"),
        ("--city", "n/a", "city"),
    ):
        refused = sluice("dedupe", "find", "Prismol", option, value, code=2)
        assert f"{value!r} is no {what}" in refused.err
        # A form fills what is not known with a blank.
        assert sluice("dedupe", "find", "Zyxwell Robotics", option, " ").out.startswith("same  ")


def test_a_name_that_two_records_of_one_company_have_is_that_company(
    sluice: Sluice, imported: Path
) -> None:
    imported.write_text(
        "name,country,domain\n"
        "Nordwind Maschinenbau GmbH,DE,nordwind.example\n"
        "Nordwind Maschinenbau Hamburg GmbH,DE,nordwind.example\n",
        "utf-8",
    )
    sluice("import", imported)
    found = sluice("dedupe", "find", "Nordwind", "--country", "DE", "--json").json
    assert [one["outcome"] for one in found["matches"]] == ["same"]
    assert found["compared"] == 1


def test_two_companies_are_explained_by_their_likeliest_pair(
    sluice: Sluice, imported: Path
) -> None:
    sluice("import", imported)
    apart = sluice("dedupe", "explain", ZYXWELL, PRISMOL, "--json").json["apart"]
    assert (apart["pairs"], apart["decided"], apart["compared"]) == (2, None, False)
    assert apart["why"] == "they were never compared: no key paired them"
    assert sluice("dedupe", "explain", ZYXWELL, PRISMOL).out.startswith(
        "two companies: they were never compared"
    )


def test_a_doubtful_pair_is_decided_by_the_command_it_shows(sluice: Sluice, imported: Path) -> None:
    sluice("import", imported)
    (pair,) = sluice("dedupe", "review", "--json").json
    assert (pair["together"], pair["for"]) == (False, ["the names are the same"])
    sides = [pair["left"]["company"], pair["right"]["company"]]
    assert f"sluice dedupe answer {sides[0]} {sides[1]} same" in sluice("dedupe", "review").out

    merged = sluice("dedupe", "merge", *sides, "--json").json
    assert merged == {"merged": sides}
    assert sluice("dedupe", "review", "--json").json == []
    counts = {"records": 5, "companies": 3, "review_pairs": 0}
    assert sluice("dedupe", "run", "--json").json == counts


def test_a_record_is_split_off_and_stays_apart(sluice: Sluice, imported: Path) -> None:
    sluice("import", imported)
    _, second = sluice("dedupe", "explain", ZYXWELL, "--json").json["records"]
    assert (
        "is not a record id"
        in sluice("dedupe", "split", ZYXWELL, "--record", "second", "--json", code=2).error[
            "message"
        ]
    )
    done = sluice("dedupe", "split", ZYXWELL, "--record", second["id"], "--json").json
    assert done == {"decided_pairs": 1}

    counts = {"records": 5, "companies": 5, "review_pairs": 1}
    assert sluice("dedupe", "run", "--json").json == counts
    apart = sluice("dedupe", "explain", ZYXWELL, "Zyxwell Robotics", "--json", code=None)
    assert apart.json["apart"]["decided"] == "different"


DECISIONS = [
    ("run",),
    ("merge", ZYXWELL, PRISMOL),
    ("split", ZYXWELL),
    ("answer", ZYXWELL, PRISMOL, "different"),
    ("undo", ZYXWELL, PRISMOL),
    ("relate", PRISMOL, "part_of", ZYXWELL),
    ("unrelate", PRISMOL, ZYXWELL),
]


@pytest.mark.usefixtures("people")
def test_who_may_not_decide(sluice: Sluice) -> None:
    for words in DECISIONS:
        of_role = sluice("dedupe", *words, "--as", "ann", "--json", code=4).error["message"]
        assert of_role.startswith("ann (sdr) may not change lists, profiles")
        of_client = sluice("dedupe", *words, "--as", "bob", "--json", code=4).error["message"]
        assert of_client == "bob may not work for the client 'default'"


@pytest.mark.usefixtures("people")
def test_reading_is_for_every_role_and_the_own_clients_alone(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_USER", "ann")
    assert sluice("dedupe", "explain", ZYXWELL, "--json").json["pairs"]
    assert len(sluice("dedupe", "review", "--json").json) == 1

    monkeypatch.setenv("SLUICE_USER", "bob")
    for words in (("explain", ZYXWELL), ("explain", ZYXWELL, PRISMOL), ("review",)):
        sluice("dedupe", *words, code=4)
    assert sluice("dedupe", "review", "--client", "other", "--json").json == []
