"""`sluice sites` with a stored list: why none was found, counts that add up, a person's word."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from actions import searched_sites, site_reviews
from actions.session import Session, open_session
from console.cli.found_sites import Asking
from leads.clock import now
from leads.store import companies, site_findings
from leads.store.site_findings import StoredFinding
from spiders.limits import Limits
from tests.console.conftest import Sluice
from workers.context import Context
from workers.inline import work_off_own

NAMES = ("Quorvian Pumpen GmbH", "Nobody Anywhere GmbH", "Blocked Works GmbH", "Out Ltd")
SITE = "quorvian-pumpen.de"
ROBOTS: dict[str, Any] = {
    "domain": "blockedworks.de",
    "because": "whole: blockedworks, .de",
    "outcome": "robots_denied",
    "reason": "robots.txt forbids it",
    "odds": None,
    "reasons": [],
}
_CONTEXT = Session.context

pytestmark = pytest.mark.usefixtures("stored")


def ids() -> dict[str, UUID]:
    with open_session() as session, session.store.read() as tx, session.read() as work:
        found = companies.companies_of(tx, work.client("default"))
    return {row.name: one for one, row in found.items()}


def hold(name: str, **told: Any) -> None:
    """Store a finding of a company."""
    with open_session() as session:
        with session.read() as work:
            client_id = work.client("default")
        one = StoredFinding(
            client_id=client_id,
            company_id=ids()[name],
            domain=None,
            band="abstain",
            odds=-2.6,
            reasons=[
                {"mark": "nothing_seen", "weight": 0.0, "quote": "none of 9 names made of it"}
            ],
            lacks=["another name"],
            denied=[],
            fact_ids=[],
            basis="",
            found_at=now(),
        )
        with session.store.write() as tx:
            site_findings.put(tx, [replace(one, **told)])


@pytest.fixture
def stored(database: str, sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of companies without a site; searches reach one host that nobody serves."""

    def offline(self: Session) -> Context:
        made = _CONTEXT(self)
        nobody = {("unserved.example", 80): ("127.0.0.1", 9)}
        return replace(made, allowed=nobody, limits=Limits(delay=0))

    monkeypatch.setattr(Session, "context", offline)
    path = tmp_path / "fair.csv"
    path.write_text("company,country\n" + "".join(f"{one},DE\n" for one in NAMES), "utf-8")
    sluice("import", path)


def held_of_all() -> None:
    hold(NAMES[0], domain=SITE, band="review", odds=1.2)
    hold(NAMES[1])
    hold(NAMES[2], looked=[ROBOTS])


def test_counts_add_up_and_say_who_was_not_searched(sluice: Sluice) -> None:
    held_of_all()
    sluice("suppress", "add", str(ids()["Out Ltd"]), "--reason", "asked")
    ran = sluice("sites", "find", "fair", "--list")
    assert ran.out.strip() == (
        "4 companies without a site: 0 found, 1 for review, 2 left open, 1 not searched (suppressed)"
    )
    assert f"3 searched before, on {now():%Y-%m-%d}; again after" in ran.err
    assert "sluice sites review" in ran.err
    assert "sluice sites show" in ran.err


def test_rows_say_why_by_company(sluice: Sluice) -> None:
    held_of_all()
    sluice("suppress", "add", str(ids()["Out Ltd"]), "--reason", "asked")
    found = sluice("sites", "find", "fair", "--list", "--json").json
    rows = {one["company"]: one for one in found["companies"]}
    assert len({frozenset(one) for one in rows.values()}) == 1
    assert rows["Blocked Works GmbH"]["looked"] == [ROBOTS]
    assert rows["Out Ltd"]["reasons"][0]["quote"] == "suppressed by Out Ltd"
    assert found["not_searched"] == {"suppressed": 1}
    bands = [found[one] for one in ("accept", "review", "abstain")]
    assert found["without_site"] == sum(bands) + sum(found["not_searched"].values())


def test_what_a_company_is_suppressed_by_is_named(sluice: Sluice) -> None:
    held_of_all()
    sluice("suppress", "add", "Out Ltd", "--reason", "asked")
    sluice("suppress", "add", NAMES[1], "--reason", "asked")
    ran = sluice("sites", "find", "fair", "--list")
    assert "Out Ltd is not searched: suppressed by Out Ltd\n" in ran.err
    assert (
        sluice("sites", "show", "Out Ltd").out == "Out Ltd: not searched, suppressed by Out Ltd\n"
    )
    shown = sluice("sites", "show", "Out Ltd", "--json").json
    assert (shown["band"], shown["reasons"][0]["quote"]) == (None, "suppressed by Out Ltd")
    # This one was searched before.
    shown = sluice("sites", "show", NAMES[1])
    assert f"    not searched any more: suppressed by {NAMES[1]}\n" in shown.out
    assert "    searched 2" in shown.out


def test_a_company_that_a_list_excludes_is_not_called_suppressed(
    sluice: Sluice, tmp_path: Path
) -> None:
    held_of_all()
    path = tmp_path / "rivals.csv"
    path.write_text("company,country\nOut Ltd,DE\n", "utf-8")
    sluice("import", path, "--role", "competitors")
    ran = sluice("sites", "find", "fair", "--list")
    assert "1 not searched (excluded)" in ran.out
    assert "Out Ltd is not searched: excluded: " in ran.err


def test_a_search_is_repeated_when_asked_for(sluice: Sluice) -> None:
    hold(NAMES[1], reasons=[])
    sluice("sites", "find", "fair", "--list")
    before = sluice("sites", "show", NAMES[1], "--json").json
    assert before["reasons"] == []
    ran = sluice("sites", "find", "fair", "--list", "--again")
    assert "4 left open" in ran.out
    assert "searched before" not in ran.err
    after = sluice("sites", "show", NAMES[1], "--json").json
    assert after["found_at"] > before["found_at"]
    assert after["reasons"][-1]["mark"] == "nothing_seen"


def test_the_last_search_of_a_company_is_shown(sluice: Sluice) -> None:
    held_of_all()
    shown = sluice("sites", "show", NAMES[2]).out
    assert shown.startswith("Blocked Works GmbH: abstain\n")
    assert "looked at blockedworks.de" in shown
    assert "robots.txt forbids it" in shown
    assert "would settle it: another name" in shown
    error = sluice("sites", "show", "Out Ltd", "--json", code=3).error
    assert "no site of Out Ltd was searched for" in error["message"]
    error = sluice("sites", "show", "never.example", "--json", code=3).error
    assert error["hint"] == "`sluice crawl site never.example` visits it"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"looked": [ROBOTS]}, "blockedworks.de: robots.txt forbids it"),
        (
            {
                "looked": [
                    ROBOTS
                    | {
                        "outcome": "asked_to_wait",
                        "reason": "answered 429: no visit before 2026-11-30 04:51 UTC",
                    }
                ]
            },
            "blockedworks.de asked to wait until 2026-11-30 04:51 UTC",
        ),
        ({}, "no candidate answered"),
        ({"domain": SITE, "band": "review"}, f"{SITE} may be it: `sluice sites review`"),
    ],
)
def test_the_card_says_why_there_is_no_site(
    sluice: Sluice, tmp_path: Path, told: dict[str, Any], says: str
) -> None:
    icp = tmp_path / "icp.yaml"
    icp.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n", "utf-8")
    sluice("icp", "use", icp)
    hold(NAMES[2], **told)
    assert f"no site: {says}\n" in sluice("queue", "show", NAMES[2]).out
    assert sluice("queue", "show", NAMES[2], "--json").json["no_site"] == says


def test_an_undone_no_waits_for_review_again(sluice: Sluice) -> None:
    hold(NAMES[0], domain=SITE, band="review")
    sluice("sites", "answer", NAMES[0], "no")
    assert f"{SITE} waits for review again" in sluice("sites", "undo", NAMES[0]).out


def test_an_undone_word_leaves_an_unsearched_company_unsearched(sluice: Sluice) -> None:
    sluice("sites", "answer", "Out Ltd", "out.example")
    sluice("sites", "answer", "Out Ltd", "no")
    assert "out.example" in sluice("sites", "undo", "Out Ltd").out
    assert sluice("sites", "undo", "Out Ltd").out == "Out Ltd: withdrawn; its site is not known\n"
    error = sluice("sites", "show", "Out Ltd", "--json", code=3).error
    assert "no site of Out Ltd was searched for" in error["message"]
    ran = sluice("sites", "find", "fair", "--list")
    assert "4 left open" in ran.out
    assert "searched before" not in ran.err


def test_a_word_is_shown_with_who_and_when(sluice: Sluice) -> None:
    hold(NAMES[0], domain=SITE, band="review", odds=1.2)
    today = f"{now():%Y-%m-%d}"
    sluice("sites", "answer", NAMES[0], "no", "--as", "boss")
    shown = sluice("sites", "show", NAMES[0])
    undo = "(`sluice sites undo` withdraws it)"
    assert f"    boss said on {today}: not {SITE} {undo}\n" in shown.out
    assert "searched" not in shown.out
    assert "what the search before saw:\n" in shown.out
    assert sluice("sites", "show", NAMES[0], "--json").json["denied"] == [SITE]

    sluice("sites", "answer", NAMES[0], "pumps.example", "--as", "boss")
    shown = sluice("sites", "show", NAMES[0])
    assert f"    boss said on {today}: pumps.example {undo}\n" in shown.out
    assert f"    denied before: {SITE}\n" in shown.out

    # Nobody searched for this one.
    sluice("sites", "answer", "Out Ltd", "out.example", "--as", "boss")
    assert sluice("sites", "show", "Out Ltd").out == (
        f"Out Ltd: accept out.example\n    boss said on {today}: out.example {undo}\n"
    )


def test_a_word_is_shown_after_a_search_that_was_made_since(sluice: Sluice) -> None:
    hold(NAMES[0], domain=SITE, band="review", odds=1.2)
    sluice("sites", "answer", NAMES[0], "no", "--as", "boss")
    sluice("sites", "find", "fair", "--list", "--again")
    shown = sluice("sites", "show", NAMES[0]).out
    assert f"boss said on {now():%Y-%m-%d}: not {SITE} (" in shown
    assert "    searched 2" in shown


@pytest.mark.parametrize(("who", "says"), [("boss", "you denied"), ("other", "boss denied")])
def test_a_yes_after_a_no_names_the_no(sluice: Sluice, who: str, says: str) -> None:
    hold(NAMES[0], domain=SITE, band="review")
    sluice("sites", "answer", NAMES[0], "no", "--as", "boss")
    error = sluice("sites", "answer", NAMES[0], "yes", "--as", who, "--json", code=3).error
    assert error["message"] == f"{says} {SITE} for {NAMES[0]}"
    assert "sluice sites undo COMPANY" in error["hint"]


def test_an_answer_says_what_comes_next(sluice: Sluice) -> None:
    said = sluice("sites", "answer", NAMES[1], "nobody-anywhere.example")
    assert "the site is visited by the next run: `sluice crawl run`" in said.err
    sluice("crawl", "opt-out", "closed.example")
    said = sluice("sites", "answer", NAMES[1], "closed.example")
    assert "closed.example is on the opt-out list: it is not visited" in said.err
    sluice("suppress", "add", "barred.example", "--reason", "asked")
    said = sluice("sites", "answer", NAMES[1], "barred.example")
    assert "barred.example is suppressed: so is the company now" in said.err


def test_review_prints_the_sentences_of_find(sluice: Sluice) -> None:
    reason = {"mark": "candidate", "weight": 0.4, "quote": ""}
    hold(NAMES[0], domain=SITE, band="review", reasons=[reason])
    shown = sluice("sites", "review").out
    assert "how companies spell their names as domains" in shown
    assert "candidate" not in shown


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["--country", "DE"], "--country"),
        (["--encoding", "utf-8", "--dry-run"], "--encoding, --dry-run"),
        (["--sheet", "1", "--jsonl"], "--sheet, --jsonl"),
    ],
)
def test_options_of_files_are_refused_by_name(sluice: Sluice, given: list[str], named: str) -> None:
    refused = sluice("sites", "find", "fair", "--list", *given, "--json", code=2)
    assert refused.error["hint"].startswith(f"leave out {named.split(', ')[0]}")
    assert all(one in refused.error["hint"] for one in named.split(", "))


def test_what_resolve_reaches_is_never_kept(sluice: Sluice) -> None:
    served = ["--resolve", "acme.example=127.0.0.1:8080"]
    error = sluice("sites", "find", "fair", "--list", *served, "--json", code=2).error
    assert (
        error["message"] == "--list keeps what it finds, and what --resolve reaches is never kept"
    )
    assert error["hint"] == "leave out --resolve"


def test_a_missing_list_is_told_before_a_missing_user_agent(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_USER_AGENT", "")
    error = sluice("sites", "find", "nolist", "--list", "--json", code=3).error
    assert error["message"] == "there is no list 'nolist'"
    error = sluice("sites", "find", "fair", "--list", "--json", code=2).error
    assert error["message"] == "no site is visited before you say who crawls"


@pytest.mark.parametrize(
    ("typed", "holds", "ends"),
    [
        # The last answer is undone behind the last site, and given anew.
        ("nzy", ("accept", SITE), "1 site answered"),
        ("n", ("abstain", None), "1 site answered"),
        ("nzq", ("review", SITE), "0 sites answered"),
        ("u", ("review", SITE), "0 sites answered"),
        ("zsy", ("accept", SITE), "1 site answered"),
    ],
)
def test_one_key_answers_and_z_undoes(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    holds: tuple[str, str | None],
    ends: str,
) -> None:
    hold(NAMES[0], domain=SITE, band="review", odds=1.2)
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in typed) + "\n"))
    with open_session() as session:
        Asking(session, "default", site_reviews.review(session, "default", 9).sites).run()
        found = searched_sites.last_search(session, "default", NAMES[0]).found
    assert found is not None
    assert (found.band, found.domain) == holds
    said = capsys.readouterr().err
    assert ends in said
    assert ("all answered: z to undo the last answer, Enter to end" in said) == (
        "n" in typed or "y" in typed
    )


def test_a_run_says_how_many_sites_were_searched(sluice: Sluice, tmp_path: Path) -> None:
    held_of_all()
    icp = tmp_path / "icp.yaml"
    icp.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n", "utf-8")
    ran = sluice("run", tmp_path / "fair.csv", "--icp", icp)
    assert "sites searched: 3 (0 found, 1 for review, 2 left open)" in ran.out
    assert "sluice sites review" in ran.err


def test_a_crawl_without_visits_says_that_nothing_is_due(sluice: Sluice, tmp_path: Path) -> None:
    icp = tmp_path / "icp.yaml"
    icp.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n", "utf-8")
    sluice("icp", "use", icp)
    assert "nothing is due: no site was visited" in sluice("crawl", "run").err


def test_companies_that_are_gone_are_counted(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work_off_own

    def merge_meanwhile(*given: Any) -> Any:
        one, other = ids()["Nobody Anywhere GmbH"], ids()["Quorvian Pumpen GmbH"]
        with open_session() as session, session.store.write() as tx:
            companies.redirect(tx, [(one, other)])
        return real(*given)

    monkeypatch.setattr("actions.searched_sites.work_off_own", merge_meanwhile)
    ran = sluice("sites", "find", "fair", "--list")
    assert (
        "4 companies without a site: 0 found, 0 for review, 3 left open, 1 not searched" in ran.out
    )
    assert "it is part of another company now" in ran.out
