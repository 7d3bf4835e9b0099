"""The pairs that wait for a person: how they come, how they are answered, and how that is undone."""

import random
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from actions.reviews import Answer
from dedupe.explain import explain_pair
from dedupe.outcome import STORED
from dedupe.record import MatchRecord
from dedupe.run import reviewing
from leads.store import clients, company_records
from leads.store import companies as stored_companies
from leads.store.migrate import open_store
from tests.console.conftest import Sluice

#: Two names with two domains: alike, and contradicted.
ROWS = """name,country,city,domain
Quorvian,,,quorvian.example
Quorvian,,Exton,quorvian.test
Brandix Bakery,GB,,brandix.example
"""


@pytest.fixture
def fair(tmp_path: Path, database: str) -> Path:
    file = tmp_path / "fair.csv"
    file.write_text(ROWS, "utf-8")
    return file


def companies(sluice: Sluice) -> int:
    found: int = sluice("dedupe", "run", "--json").json["companies"]
    return found


def asked(sluice: Sluice) -> tuple[str, str]:
    """The two companies of the only pair that waits."""
    (pair,) = sluice("dedupe", "review", "--json").json
    assert (pair["outcome"], pair["together"]) == ("review", False)
    return pair["left"]["company"], pair["right"]["company"]


def test_an_import_says_how_many_pairs_wait_and_where(sluice: Sluice, fair: Path) -> None:
    ran = sluice("import", fair, "--json")
    assert ran.json["review_pairs"] == 1
    assert "1 pair of records waits for a decision: `sluice dedupe review`" in ran.err
    shown = sluice("dedupe", "review").out
    for expected in ("+ the names are the same", "- the domains differ", "different\n"):
        assert expected in shown


@pytest.mark.parametrize("answer", ["same", "different"])
def test_an_answer_stays_until_it_is_withdrawn(sluice: Sluice, fair: Path, answer: str) -> None:
    sluice("import", fair)
    both = asked(sluice)
    said = sluice("dedupe", "answer", *both, answer, "--reason", "a call", "--json").json
    assert said == {"company": "Quorvian", "other": "Quorvian", "answer": answer}
    left = 2 if answer == "same" else 3
    assert companies(sluice) == left
    assert sluice("dedupe", "review", "--json").json == []

    fair.write_text(ROWS.replace("Brandix Bakery,GB,", "Brandix Bakery,GB,Exton"), "utf-8")
    sluice("import", fair, "--replace")
    assert companies(sluice) == left
    assert sluice("dedupe", "review", "--json").json == []

    named = both if answer == "different" else both[:1]
    assert sluice("dedupe", "undo", *named, "--json").json == {"withdrawn": 1}
    assert companies(sluice) == 3
    assert len(asked(sluice)) == 2


def test_a_part_of_a_group_is_linked_and_stays_a_company(sluice: Sluice, fair: Path) -> None:
    sluice("import", fair)
    both = asked(sluice)
    assert "is part of" in sluice("dedupe", "answer", *both, "part_of").out
    assert companies(sluice) == 3
    assert sluice("dedupe", "review", "--json").json == []
    (link,) = sluice("dedupe", "explain", both[0], "--json").json["links"]
    assert (link["company"]["id"], link["kind"], link["of"]["id"]) == (both[0], "part_of", both[1])

    assert sluice("dedupe", "undo", *both, "--json").json == {"withdrawn": 2}
    assert sluice("dedupe", "explain", both[0], "--json").json["links"] == []
    assert asked(sluice) == both


def test_what_cannot_be_answered_or_undone(sluice: Sluice, fair: Path) -> None:
    sluice("import", fair)
    both = asked(sluice)
    error = sluice("dedupe", "answer", *both, "maybe", "--json", code=2).error
    assert error["hint"] == "use one of: same, different, part_of"
    assert "one company" in sluice("dedupe", "answer", both[0], both[0], "different", code=4).err
    for named in (both, both[:1]):
        error = sluice("dedupe", "undo", *named, "--json", code=3).error
        assert error["message"].startswith("nobody decided anything about")
    assert companies(sluice) == 3


def test_an_undone_list_takes_its_pairs_with_it(sluice: Sluice, fair: Path) -> None:
    sluice("import", fair)
    assert asked(sluice)
    sluice("lists", "undo", "fair")
    assert sluice("dedupe", "review", "--json").json == []


def test_explaining_two_companies_names_outcome_and_margin(sluice: Sluice, fair: Path) -> None:
    sluice("import", fair, "--strictness", "careful")
    rows = sluice("cluster", fair, "-o", "-").out.splitlines()
    assert len(rows) == 4
    found = sluice("dedupe", "explain", "quorvian.example", "quorvian.test", "--json").json["apart"]
    assert found["outcome"] in ("review", "different")
    assert found["margin"] == pytest.approx(1.5 + STORED)
    assert found["why"] == "the domains differ"
    shown = sluice("dedupe", "explain", "quorvian.example", "quorvian.test").out
    assert "in total" in shown
    assert "why: the domains differ" in shown
    assert f"({found['margin']:+.1f} margin included)" in shown


def near_even_odds() -> Iterator[tuple[MatchRecord, MatchRecord]]:
    """Pairs of rows that match by a hair, when nothing is stored."""
    endings = ("", "s", " Ltd", " Group", " Paper", " Dental Care", " Robotics", " International")
    places: tuple[dict[str, Any], ...] = ({}, {"country": "GB"}, {"country": "GB", "city": "Exton"})
    names = ("Quorvian", "Hollerith Dental", "Zyxwell Robotic", "Brandix Bakery Exton")
    for name, one, other, place in product(names, endings, endings, places):
        left = MatchRecord(1, name + one, **place)
        right = MatchRecord(2, name + other, **place)
        if one < other and 0 < explain_pair(left, right).odds <= STORED:
            yield left, right


def test_a_match_at_near_even_odds_is_left_to_a_person(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    left, right = next(near_even_odds())
    file = tmp_path / "two.csv"
    lines = [f"{one.name},{one.country},{one.city}" for one in (left, right)]
    file.write_text("\n".join(["name,country,city", *lines]) + "\n", "utf-8")

    assert sluice("cluster", file, "-o", tmp_path / "out.csv", "--json").json["clusters"] == 1
    assert sluice("import", file, "--json").json["review_pairs"] == 1
    assert companies(sluice) == 2
    assert set(asked(sluice))


def test_companies_of_one_group_are_offered_as_parts_and_accepted_by_one_command(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    file = tmp_path / "group.csv"
    file.write_text("name,country\nZyxwell AG,DE\nZyxwell Energy AG,DE\n", "utf-8")
    sluice("import", file)
    (pair,) = sluice("dedupe", "review", "--json").json
    assert (pair["kind"], pair["left"]["name"], pair["right"]["name"]) == (
        "part_of",
        "Zyxwell Energy AG",
        "Zyxwell AG",
    )
    part, whole = pair["left"]["company"], pair["right"]["company"]
    shown = sluice("dedupe", "review").out
    assert "the first may be part of the second" in shown
    assert f"sluice dedupe answer {part} {whole} part_of" in shown

    sluice("dedupe", "relate", part, "part_of", whole)
    assert sluice("dedupe", "review", "--json").json == []
    sluice("dedupe", "unrelate", part, whole)
    assert sluice("dedupe", "review", "--json").json == []
    assert sluice("dedupe", "undo", part, whole, "--json").json == {"withdrawn": 1}
    (again,) = sluice("dedupe", "review", "--json").json
    assert again["kind"] == "part_of"


MANY = """name,country,city,domain
Quorvian,,,quorvian.example
Quorvian,,Exton,quorvian.test
Zyxwell AG,DE,,
Zyxwell Energy AG,DE,,
Hollerith Dental Ltd,GB,,
Hollerith Dental,GB,Exton,
"""


def standing(url: str) -> tuple[set[frozenset[int]], list[tuple[int, int, str]]]:
    """Which rows are one company, and which pairs wait, whatever the ids of the companies are."""
    store = open_store(url)
    with store.read() as tx:
        client_id = clients.client_of(tx, "default").id
        records = company_records.live_records(tx, client_id)
        waiting = reviewing.waiting(tx, client_id, 100)
    store.close()
    rows: dict[UUID | None, set[int]] = {}
    for one in records:
        rows.setdefault(one.company_id, set()).add(one.row)
    pairs = sorted((one.left.row, one.right.row, one.review.kind) for one in waiting)
    return {frozenset(some) for some in rows.values()}, pairs


@pytest.mark.parametrize("seed", range(4))
def test_withdrawing_every_answer_gives_back_what_was(
    sluice: Sluice, tmp_path: Path, database: str, database_url: str, seed: int
) -> None:
    (tmp_path / "many.csv").write_text(MANY, "utf-8")
    sluice("import", tmp_path / "many.csv")
    before = standing(database_url)
    rnd = random.Random(seed)
    for _ in range(4):
        one, other = rnd.sample(company_ids(database_url), 2)
        sluice("dedupe", "answer", one, other, rnd.choice(list(Answer)), code=None)

    while withdraw_one(sluice, company_ids(database_url)):
        pass
    assert standing(database_url) == before


def company_ids(url: str) -> list[UUID]:
    store = open_store(url)
    with store.read() as tx:
        found = sorted(stored_companies.companies_of(tx, clients.client_of(tx, "default").id))
    store.close()
    return found


def withdraw_one(sluice: Sluice, ids: list[UUID]) -> bool:
    """Withdraw the first decision that there is."""
    named = [(one,) for one in ids] + list(combinations(ids, 2))
    return any(sluice("dedupe", "undo", *some, code=None).code == 0 for some in named)
