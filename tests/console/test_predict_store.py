"""`sluice predict train|check|use|explain`: what a user sees, on both databases."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from actions.session import open_session
from engage.run.chances import lot
from engage.run.features import first_contacts
from leads.clock import now
from leads.store import companies, queue, verdicts_then
from leads.store.schema import verdict
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.made_outcomes import START, Made, work

pytestmark = pytest.mark.usefixtures("database")

SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
CLOSED, OPEN = 280, 60


def listed(sluice: Sluice, folder: Path, size: int) -> None:
    """Import bakeries and dairies in turn; all of them fit."""
    (folder / "icp.yaml").write_text(ICP)
    rows = [
        f"Firm{n:03} GmbH,firm{n:03}.example,DE,{'bakery' if n % 2 else 'dairy'}"
        for n in range(size)
    ]
    path = folder / "fair.csv"
    path.write_text("name,website,country,industry\n" + "\n".join(rows) + "\n")
    sluice("run", path, "--icp", folder / "icp.yaml", "--no-crawl")


def ids_of_campaign() -> tuple[UUID, UUID, dict[str, UUID]]:
    """Client, campaign, and the company of each name."""
    with open_session() as session, session.read() as read:
        client_id, campaign_id = read.campaign("default", None)
        every = companies.companies_of(read.tx, client_id).values()
        return client_id, campaign_id, {row.name: row.id for row in every}


def close(first: int, last: int, *, turned: bool = False) -> None:
    """Close some of the companies, one after the other: of ten bakeries seven become leads, of ten
    dairies two, or the other way round.
    """
    client_id, campaign_id, ids = ids_of_campaign()
    today = (now() - START) / timedelta(days=1)
    made = []
    with open_session() as session, session.store.write() as tx:
        entries = queue.entries(tx, campaign_id, list(ids.values()))
        for n in range(first, last):
            company_id = ids[f"Firm{n:03} GmbH"]
            wins = (7 if bool(n % 2) is not turned else 2) > n // 2 % 10
            day = today + n / 1000
            entry = {"entry": entries[company_id].id}
            state = "lead" if wins else "lost"
            made.append((company_id, Made(state=state, days=day, called=day, more=entry)))
        work(tx, {"client_id": client_id, "campaign_id": campaign_id}, made)


def close_by_email(first: int, last: int, *, silent: int = 0) -> None:
    """The same for companies that nobody called: all that are won reply first, and some of the
    others; of the last `silent` ones there is no contact.
    """
    client_id, campaign_id, ids = ids_of_campaign()
    today = (now() - START) / timedelta(days=1)
    made = []
    for n in range(first, last):
        wins = (7 if n % 2 else 2) > n // 2 % 10
        ends = ("meeting_held" if wins else "not_interested", 0.0)
        replies = wins or not n % 7
        said = (("email_opened", 6.0), ("email_replied", 5.0), ends) if replies else (ends,)
        one = Made(
            state="lead" if wins else "lost",
            days=today + n / 1000 + (15 if replies else 10),
            signals=() if n >= last - silent else said,
        )
        made.append((ids[f"Firm{n:03} GmbH"], one))
    with open_session() as session, session.store.write() as tx:
        work(tx, {"client_id": client_id, "campaign_id": campaign_id}, made)


def order(sluice: Sluice) -> list[str]:
    """The open companies of the queue, the first first, without those that are placed by lot."""
    _, campaign_id, ids = ids_of_campaign()
    rows: list[dict[str, Any]] = sluice("queue", "show", "--json", "--limit", 1000).json
    names = [one["name"] for one in rows]
    names = [name for name in names if int(name[4:7]) >= CLOSED]
    return [name for name in names if lot(campaign_id, ids[name]) is None]


def kinds(names: list[str]) -> list[str]:
    """Bakery or dairy, in the order of the names."""
    return ["bakery" if int(name[4:7]) % 2 else "dairy" for name in names]


def test_a_prediction_is_learned_used_explained_and_contradicted(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(sluice, tmp_path, CLOSED + OPEN)
    close(0, CLOSED)
    would = sluice("predict", "train", "--dry-run", "--json").json
    assert (would["verdict"], would["version"], would["n"]) == ("use", None, CLOSED)
    sluice("predict", "use", code=3)
    trained = sluice("predict", "train", "--json").json
    assert (trained["version"], trained["used"]) == (1, ["industry"])
    assert "scoring use FILE" in sluice("predict", "use", code=4).err
    sluice("scoring", "use", SEED)

    its_use_orders_the_queue(sluice)
    its_terms_are_named(sluice)
    close(CLOSED, CLOSED + OPEN, turned=True)
    monkeypatch.setattr("engage.predict.trial.MIN_CLOSED", 40)
    monkeypatch.setattr("engage.predict.trial.MIN_WON", 10)
    found = sluice("predict", "check", "--json").json
    assert (found["advice"], found["n"]) == ("train again", OPEN)
    refused = sluice("predict", "use", "--json", code=4).error
    assert "no longer holds" in refused["message"]
    its_prospects_are_others(sluice, tmp_path)


def its_prospects_are_others(sluice: Sluice, folder: Path) -> None:
    assert sluice("predict", "check", "--json").json["shifts"] == []
    path = folder / "other.csv"
    rows = [f"Other{n:03} GmbH,other{n:03}.example,DE" for n in range(80)]
    path.write_text("name,website,country\n" + "\n".join(rows) + "\n")
    sluice("run", path, "--icp", folder / "icp.yaml", "--no-crawl")
    (one,) = sluice("predict", "check", "--json").json["shifts"]
    said = "'industry' is known for 43% now, 100% when it was trained"
    assert (one["column"], one["said"]) == ("industry", said)
    assert "changed: " + said in sluice("predict", "check").err


def its_use_orders_the_queue(sluice: Sluice) -> None:
    before = order(sluice)
    assert sluice("predict", "use", "--dry-run", "--json").json == {"version": 1, "changed": True}
    assert order(sluice) == before
    sluice("predict", "use")
    after = kinds(order(sluice))
    assert after == sorted(kinds(before)) != kinds(before)
    sluice("predict", "use", "--off")
    assert order(sluice) == before


def its_terms_are_named(sluice: Sluice) -> None:
    found = sluice("predict", "explain", "firm301.example", "--json").json
    assert found["chance"] > 0.6 > found["average"] > 0.3
    assert [(one["column"], one["value"]) for one in found["terms"]] == [("industry", "bakery")]
    assert "industry  bakery" in sluice("predict", "explain", "firm301.example").out
    assert sluice("predict", "check", "--json").json["advice"] == "too few to say"


def test_what_comes_with_the_first_contact_by_email_is_not_learned(
    sluice: Sluice, tmp_path: Path
) -> None:
    listed(sluice, tmp_path, CLOSED)
    close_by_email(0, CLOSED, silent=10)
    found = sluice("predict", "train", "--json").json
    # Nobody knows when the silent ones were contacted.
    assert (found["verdict"], found["n"]) == ("use", CLOSED - 10)
    assert found["used"] == ["industry"]
    # Who opens is known before the contact, and states the outcome here.
    assert "signal: email_opened" in [one["column"] for one in found["ignored"]]
    known = sluice("predict", "explain", "firm001.example", "--json").json
    assert [one["column"] for one in known["terms"]] == ["industry"]


def test_what_was_known_then_counts_though_the_list_came_again(
    sluice: Sluice, tmp_path: Path
) -> None:
    listed(sluice, tmp_path, CLOSED)
    close(0, CLOSED)
    path = tmp_path / "fair.csv"
    path.write_text(path.read_text().replace("bakery", "mill").replace("dairy", "mill"))
    with MadeClock(now() + timedelta(days=10)).running():
        sluice("run", path, "--icp", tmp_path / "icp.yaml", "--no-crawl")
    found = sluice("predict", "train", "--json").json
    assert (found["verdict"], found["used"]) == ("use", ["industry"])


def test_a_merged_company_was_contacted_when_either_was(sluice: Sluice, tmp_path: Path) -> None:
    listed(sluice, tmp_path, 2)
    close(0, 2)
    client_id, campaign_id, ids = ids_of_campaign()
    with open_session() as session, session.read() as read:
        before = first_contacts(read.tx, client_id, campaign_id, list(ids.values()))
    at = now()
    sluice("dedupe", "merge", "firm000.example", "firm001.example", "--reason", "one company")
    with open_session() as session, session.store.write() as tx:
        left = sorted(set(ids.values()) - set(companies.survivors(tx, client_id)))
        after = first_contacts(tx, client_id, campaign_id, left)
        # The company that is left joined later, and had no verdict of its own then.
        tx.execute(update(verdict).where(verdict.c.company_id.in_(left)).values(decided_at=now()))
        then = verdicts_then.in_force_at(tx, campaign_id, dict.fromkeys(left, at))
        found = list(verdicts_then.with_answers(tx, then))
    assert len(left) == 1
    assert list(after.values()) == [min(before.values())]
    assert [one.company_id for one in found] == left


def test_too_little_is_refused_and_nothing_is_stored(sluice: Sluice, tmp_path: Path) -> None:
    listed(sluice, tmp_path, 10)
    close(0, 10)
    found = sluice("predict", "train", "--json").json
    assert (found["verdict"], found["version"]) == ("refuse", None)
    assert "at least 200 are needed" in found["why"]
    for command in (("check",), ("use",), ("explain", "firm001.example")):
        assert "predict train" in sluice("predict", *command, code=3).err
