"""`sluice queue stats --grid`: what each cell of fit and engagement brings, on both databases."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions import queue
from actions.queue import DispositionRequest
from actions.session import open_session
from actions.where import Where
from leads.grid import ORDER
from tests.console.conftest import Ran, Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"
COMPANIES = tuple(f"Co{number} GmbH" for number in range(25))


def grid(sluice: Sluice) -> dict[str, dict[str, Any]]:
    return {one["cell"]: one for one in sluice("queue", "stats", "--grid", "--json").json}


def work(sluice: Sluice, dispositions: list[str]) -> None:
    """Take the next prospect and report it, once for each disposition."""
    with open_session("ann") as session:
        for kind in dispositions:
            queue.take_next(session, Where())
            queue.report(session, Where(), DispositionRequest(kind=kind))


def waiting(sluice: Sluice) -> dict[str, int]:
    return {one: row["waiting"] for one, row in grid(sluice).items() if row["waiting"]}


def check_words(ran: Ran) -> None:
    assert "too few to say" in ran.out
    assert "24%" in ran.out
    assert "1 company worked before signals were scored" in ran.err


def test_each_cell_counts_who_waits_who_was_worked_and_who_became_a_lead(
    sluice: Sluice, queued: Queued
) -> None:
    queued(*COMPANIES)
    assert "scoring use" in sluice("queue", "stats", "--grid", "--json", code=3).error["hint"]
    work(sluice, ["interested"])
    sluice("scoring", "use", SEED)
    for kind in ("welcome_email_clicked", "price_page_visited", "quote_requested"):
        sluice("signal", "add", "Co24 GmbH", kind)
    assert waiting(sluice) == {"A2": 1, "A3": 23}
    work(sluice, ["interested", *["interested"] * 5, *["not_interested"] * 15, "no_answer"])

    found = grid(sluice)
    assert list(found) == list(ORDER)
    # It was warm when it was worked; what it said made it hot.
    warm = found["A2"]
    assert (warm["worked"], warm["leads"], warm["conversion"]) == (1, 1, None)
    cold = found["A3"]
    assert (cold["waiting"], cold["worked"], cold["leads"]) == (3, 21, 5)
    assert cold["conversion"] == pytest.approx(5 / 21)
    assert (cold["low"], cold["high"]) == pytest.approx((0.1063, 0.4508), abs=1e-3)
    ran = sluice("queue", "stats", "--grid")
    check_words(ran)

    with open_session("ann") as session:
        queue.take_next(session, Where())
    sluice("queue", "done", "interested", "--as", "ann")
    sluice("queue", "undo", "--as", "ann")
    assert grid(sluice)["A3"] == cold
