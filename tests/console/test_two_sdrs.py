"""Two SDRs work the demo's town at once: queue, files for a sequencer, and what it reports back."""

import csv
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from actions import queue
from actions.demo import CLIENT, run_town
from actions.queue import DispositionRequest, Where
from actions.session import open_session
from actions.town import LIMITS
from actions.town.serve import serve_town
from tests.console.conftest import Sluice
from tests.console.open_policy import use_open_policy
from workers.inline import work_off_own

TOWN = ("--client", CLIENT)
#: What each SDR reports, again and again.
REPORTS = ("interested", "no_answer", "not_interested", "wrong_number")


@pytest.fixture
def town(database: None) -> None:
    with open_session("boss") as session, serve_town() as ways:
        run_town(session, replace(session.context(), allowed=ways, limits=LIMITS), work_off_own)


def work_a_day(name: str, start: Barrier) -> list[tuple[str, str]]:
    """Take and report prospects until none is free; the company and the result of each."""
    done: list[tuple[str, str]] = []
    with open_session(name) as session:
        # Each holds a prospect before both go on at once.
        card = queue.next_card(session, Where(CLIENT)).card
        start.wait()
        for kind in itertools.cycle(REPORTS):
            if card is None or card.lease is None:
                return done
            wanted = DispositionRequest(
                kind=kind, company=str(card.company_id), token=card.lease.token
            )
            done.append(
                (card.name, queue.report(session, Where(CLIENT), wanted).result.disposition)
            )
            card = queue.next_card(session, Where(CLIENT)).card
    raise AssertionError("a cycle does not end")


@pytest.mark.usefixtures("town")
def test_from_the_queue_to_the_outcomes(sluice: Sluice, tmp_path: Path) -> None:
    use_open_policy(sluice, tmp_path, CLIENT)
    leads = work_the_queue(sluice)
    rows = export_leads(sluice, tmp_path / "leads.csv", leads)
    report_back(sluice, tmp_path / "activities.csv", rows)
    left = tmp_path / "left.csv"
    sluice("export", "--profile", "lemlist", "--stage", "lead", "-o", left, *TOWN)
    assert rows[0]["email"] not in left.read_text("utf-8")
    assert sluice("outcomes", "undo", *TOWN, "--json").json["suppressions_ended"] == 1


def work_the_queue(sluice: Sluice) -> set[str]:
    """Let both work until nothing is free; each company is worked once. The leads."""
    waiting = [row["name"] for row in sluice("queue", "show", *TOWN, "--json").json]
    assert len(waiting) >= 8
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        ann, bob = pool.map(work_a_day, ("ann", "bob"), (start, start))
    assert min(len(ann), len(bob)) > 0
    assert sorted(name for name, _ in (*ann, *bob)) == sorted(waiting)
    stats = sluice("queue", "stats", *TOWN, "--json").json
    assert (sum(stats["dispositions"].values()), stats["held"]) == (len(waiting), [])
    return {name for name, kind in (*ann, *bob) if kind == "interested"}


def export_leads(sluice: Sluice, file: Path, leads: set[str]) -> list[dict[str, str]]:
    """Write the leads that have a mailbox to a file for lemlist; its rows."""
    listed = sluice("export", "--stage", "lead", *TOWN, "--json").json
    assert {row["name"] for row in listed} == leads
    sluice("export", "--profile", "lemlist", "--stage", "lead", "-o", file, *TOWN)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {row["companyName"] for row in rows} <= leads
    return rows


def report_back(sluice: Sluice, file: Path, rows: list[dict[str, str]]) -> None:
    """Import what lemlist says, twice: the first unsubscribed, the others replied."""
    lines = ["_id,type,leadEmail,createdAt,sluiceId"]
    for number, row in enumerate(rows):
        kind = "emailsReplied" if number else "emailsUnsubscribed"
        lines.append(f"a{number},{kind},{row['email']},2026-11-28T10:00:00Z,{row['sluiceId']}")
    file.write_text("\n".join(lines) + "\n")
    outcome = ("outcomes", "import", file, "--profile", "lemlist", *TOWN, "--json")
    said = sluice(*outcome).json
    assert (said["rejected"], said["suppressed"]) == (0, 1)
    assert sum(said["recorded"].values()) == len(rows) == sluice(*outcome).json["known"]
    listed = sluice("signal", "list", rows[0]["sluiceId"], *TOWN, "--json").json["signals"]
    assert {one["kind"] for one in listed} == {"interested", "unsubscribed"}
