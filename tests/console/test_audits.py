"""`sluice audit draw|judge|report`, on both databases."""

import json
from pathlib import Path
from typing import Any

import pytest

from actions.session import open_session
from enrich.audits.draw import drawn as chosen
from leads.facts import Scope
from leads.store import clients
from leads.store.audits import frame
from leads.store.audits.frame import Frame
from leads.values import Range
from tests.console.conftest import Sluice
from tests.made_site_facts import crawled

pytestmark = pytest.mark.usefixtures("database")

ROWS = 12


@pytest.fixture
def fair(database: str, sluice: Sluice, tmp_path: Path) -> Path:
    """A list of companies with phones, in the database of this test."""
    rows = [
        f"Alder {place} GmbH,alder{place}.example,DE,+4930123456{place:02}" for place in range(ROWS)
    ]
    path = tmp_path / "fair.csv"
    path.write_text("name,website,country,phone\n" + "\n".join(rows) + "\n")
    sluice("import", path)
    sluice("dedupe", "run")
    return path


def draw(sluice: Sluice, *options: object) -> dict[str, Any]:
    found: dict[str, Any] = sluice("audit", "draw", "--attribute", "phone", *options, "--json").json
    return found


def judge(sluice: Sluice, keys: str, *options: object) -> list[dict[str, Any]]:
    ran = sluice("audit", "judge", *options, "--json", stdin="\n".join(keys) + "\n")
    return [json.loads(line) for line in ran.out.splitlines()]


def report(sluice: Sluice, *options: object) -> dict[str, Any]:
    found: dict[str, Any] = sluice("audit", "report", *options, "--json").json
    return found


@pytest.mark.usefixtures("fair")
def test_a_draw_is_judged_and_reported(sluice: Sluice) -> None:
    done = draw(sluice, "--sample", 5, "--seed", 7)
    assert (done["drawn"], done["frame"], done["seed"]) == (5, ROWS, 7)
    (stratum,) = done["strata"]
    assert (stratum["list"], stratum["source"], stratum["drawn"]) == ("fair", "list:fair", 5)

    lines = judge(sluice, "ynu")
    shown = [one["fact"] for one in lines if "fact" in one]
    assert len({one["id"] for one in shown}) == 4
    assert shown[0]["quote"]
    assert shown[0]["attribute"] == "phone"
    assert lines[-1]["progress"] == {"drawn": 5, "judged": 3}
    # The next call goes on behind what is judged.
    rest = judge(sluice, "q")
    assert rest[0]["fact"]["id"] == shown[3]["id"]
    assert judge(sluice, "yy")[0]["progress"]["judged"] == 3


@pytest.mark.usefixtures("fair")
def test_a_report_counts_by_attribute_source_and_list(sluice: Sluice) -> None:
    draw(sluice, "--sample", 5)
    judge(sluice, "ynuyy")
    found = report(sluice)
    for part in ("all", "sources", "lists"):
        (one,) = found[part]
        assert [one[name] for name in ("checked", "right", "wrong", "unclear")] == [4, 3, 1, 1]
        assert (one["rate"], one["state"]) == (0.75, "open")
        assert 0.24 < one["low"] < 0.25
    assert (found["sources"][0]["source"], found["lists"][0]["list"]) == ("list:fair", "fair")
    text = sluice("audit", "report")
    assert "list fair" in text.out
    assert "promised: 98 %" in text.err


@pytest.mark.usefixtures("fair")
def test_no_fact_is_drawn_twice(sluice: Sluice) -> None:
    first, second = draw(sluice, "--sample", 7), draw(sluice, "--sample", 50)
    assert (first["drawn"], second["drawn"]) == (7, ROWS - 7)
    shown = [one["fact"] for one in judge(sluice, "s" * (ROWS - 1) + "q") if "fact" in one]
    assert len({one["company"] for one in shown}) == ROWS
    again = sluice("audit", "draw", "--attribute", "phone", "--json", code=3)
    assert again.error["message"] == "every fact about phone is drawn already"


@pytest.mark.usefixtures("fair")
def test_a_dry_run_writes_nothing(sluice: Sluice) -> None:
    assert draw(sluice, "--sample", 5, "--dry-run")["drawn"] == 5
    assert report(sluice)["draws"] == []
    assert "draw facts with `sluice audit draw" in sluice("audit", "judge", stdin="q\n").err


@pytest.mark.usefixtures("fair")
def test_one_seed_draws_the_same_facts(sluice: Sluice) -> None:
    drawn = []
    for _ in range(2):
        with open_session() as session, session.store.rehearse() as tx:
            client_id = clients.client_of(tx, "default").id
            asked = Frame("phone")
            sizes = frame.strata(tx, client_id, asked)
            places = [place for _, place in chosen(sizes, 5, 11)]
            drawn.append(frame.pick(tx, client_id, asked, places))
    assert drawn[0] == drawn[1]
    assert len({one.fact_id for one in drawn[0].values()}) == 5


@pytest.mark.usefixtures("fair")
def test_the_last_judgement_is_taken_back(sluice: Sluice) -> None:
    draw(sluice, "--sample", 3)
    lines = judge(sluice, "nzy")
    (wrong,) = (one["wrong"] for one in lines if "wrong" in one)
    assert [one["undone"] for one in lines if "undone" in one] == [wrong]
    (one,) = report(sluice)["all"]
    assert (one["right"], one["wrong"], one["drawn"]) == (1, 0, 3)
    # Another user takes back nothing of the first.
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "mia", "--role", "manager", "--as", "boss")
    ran = sluice("audit", "judge", "--as", "mia", "--json", stdin="z\n")
    assert "you judged no fact" in ran.err


@pytest.mark.usefixtures("fair")
def test_keys_without_a_fact_are_named(sluice: Sluice) -> None:
    draw(sluice, "--sample", 1)
    ran = sluice("audit", "judge", stdin="x\ny\nn\n", code=5)
    assert "'x' is no key here" in ran.err
    assert "1 line left: no fact was on the screen" in ran.err
    assert "`sluice audit draw --attribute NAME`" in ran.err


def test_facts_of_sites_and_lists_are_strata(sluice: Sluice, fair: Path) -> None:
    crawled("alder1.example", "+49301111111")
    crawled("alder2.example", "+49302222222")
    done = draw(sluice, "--sample", 3, "--dry-run")
    by_source = {one["source"]: one["drawn"] for one in done["strata"]}
    assert by_source == {"list:fair": 2, "site": 1}
    assert {one["list"] for one in done["strata"]} == {"fair"}
    site = draw(sluice, "--source", "site")
    assert (site["drawn"], site["source"]) == (2, "site")
    (shown,) = (one["fact"] for one in judge(sluice, "q") if "fact" in one)
    assert shown["url"].startswith("https://alder")
    unknown = sluice(
        "audit", "draw", "--attribute", "phone", "--source", "list:x", "--json", code=3
    )
    assert unknown.error["hint"] == "sources that do: list:fair, site"
    missing = sluice("audit", "draw", "--attribute", "phones", "--json", code=2)
    assert missing.error["hint"] == "did you mean phone?"
    assert fair.exists()


def test_one_client_sees_nothing_of_anothers_audit(sluice: Sluice, fair: Path) -> None:
    sluice("client", "add", "south")
    sluice("import", fair, "--client", "south", "--name", "own")
    sluice("dedupe", "run", "--client", "south")
    crawled("alder1.example", "+49301111111")
    for client in ("default", "south"):
        draw(sluice, "--source", "site", "--client", client)
    judge(sluice, "n", "--client", "default")
    assert report(sluice, "--client", "south")["all"][0]["wrong"] == 0
    assert report(sluice)["all"][0]["wrong"] == 1
    # The site is shared, and so is what was found of it; each fact counts once.
    for client in ("default", "south"):
        (site,) = sluice(
            "sources", "--source", "site", "--attribute", "phone", "--client", client, "--json"
        ).json
        assert (site["facts"], site["checked"], site["disagreed"]) == (1, 1, 1)
    judge(sluice, "n", "--client", "south")
    (site,) = sluice("sources", "--source", "site", "--attribute", "phone", "--json").json
    assert (site["checked"], site["disagreed_by"]) == (1, {"audit": 1})


@pytest.mark.usefixtures("fair")
def test_an_erased_company_takes_its_judgements_along(sluice: Sluice) -> None:
    draw(sluice)
    judge(sluice, "y" * ROWS)
    sluice("forget", "alder1.example", "--yes")
    (one,) = report(sluice)["all"]
    assert (one["drawn"], one["right"]) == (ROWS - 1, ROWS - 1)


def test_a_filtered_report_counts_the_facts_of_that_list_or_source(
    sluice: Sluice, fair: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.csv"
    second.write_text("name,website,country,phone\nBirch GmbH,birch.example,DE,+49301234599\n")
    sluice("import", second)
    sluice("dedupe", "run")
    crawled("alder1.example", "+49301111111")
    draw(sluice)
    judge(sluice, "y" * (ROWS + 2))

    def checked(*options: object) -> dict[str, dict[str, int]]:
        found = report(sluice, *options)
        return {
            part: {one.get(part[:-1], ""): one["checked"] for one in found[part]}
            for part in ("all", "sources", "lists")
        }

    assert checked()["all"] == {"": ROWS + 2}
    assert checked("--list", "second") == {
        "all": {"": 1},
        "sources": {"list:second": 1},
        "lists": {"second": 1},
    }
    assert checked("--list", fair.stem)["sources"] == {"list:fair": ROWS, "site": 1}
    assert checked("--source", "site") == {
        "all": {"": 1},
        "sources": {"site": 1},
        "lists": {"fair": 1},
    }


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        ("audit report --list nope", 3, "there is no list 'nope'", "see `sluice lists`"),
        (
            "audit report --source nope",
            3,
            "the source 'nope' gave none of the drawn facts",
            "sources that do: list:fair",
        ),
        ("audit report --attribute nope", 2, "'nope' is not an attribute", "one of name"),
        ("sources --attribute phones", 2, "'phones' is not an attribute", "did you mean phone?"),
        ("sources --source nope", 3, "the source 'nope' states nothing", "sources that do: list:"),
        ("audit judge --draw nope", 2, "'nope' is not the ID of a draw", "`sluice audit report"),
        ("audit report --draw nope", 2, "'nope' is not the ID of a draw", "`sluice audit report"),
        ("audit draw --attribute coverage", 2, "coverage says what the crawl looked at", "audit "),
    ],
)
@pytest.mark.usefixtures("fair")
def test_names_that_are_not_known_are_refused(
    sluice: Sluice, words: str, code: int, message: str, hint: str
) -> None:
    draw(sluice, "--sample", 1)
    error = sluice(*words.split(), "--json", code=code).error
    assert error["message"].startswith(message)
    assert error["hint"].startswith(hint)


@pytest.mark.usefixtures("fair")
def test_bounds_of_no_checked_fact_are_left_empty(sluice: Sluice) -> None:
    draw(sluice, "--sample", 1)
    out = sluice("audit", "report").out
    assert "100.0 %" not in out
    assert "0.0 %" not in out


def test_what_the_crawl_looked_at_is_no_source(sluice: Sluice, fair: Path) -> None:
    assert fair.exists()
    crawled("alder1.example", "imprint:1", attribute="coverage")
    crawled("alder1.example", "+49301111111")
    named = {(one["source"], one["attribute"]) for one in sluice("sources", "--json").json}
    assert ("site", "phone") in named
    assert "coverage" not in {attribute for _, attribute in named}


def test_the_screen_says_what_a_value_is_of_and_counts_what_is_left(
    sluice: Sluice, fair: Path
) -> None:
    assert fair.exists()
    for place, scope in enumerate(Scope):
        crawled(f"alder{place}.example", f"Town {place}", attribute="city", scope=scope)
    sluice("audit", "draw", "--attribute", "city")
    shown = sluice("audit", "judge", stdin="s\ny\n").out
    assert [line.partition("  ")[0] for line in shown.splitlines() if " of 3" in line] == [
        "1 of 3", "2 of 3 (1 for later)", "3 of 3 (1 for later)"
    ]  # fmt: skip
    assert "city: Town 0\n" in shown
    assert "city: Town 1 (of its group)\n" in shown
    assert "city: Town 2 (of one of its sites)\n" in shown


def test_a_year_is_judged_as_a_year(sluice: Sluice, fair: Path) -> None:
    assert fair.exists()
    crawled("alder1.example", Range(1934, 1934), attribute="founded")
    sluice("audit", "draw", "--attribute", "founded")
    shown = sluice("audit", "judge", stdin="y\n").out
    assert "founded: 1934\n" in shown
    assert "right: Alder 1 GmbH, 1934\n" in shown
