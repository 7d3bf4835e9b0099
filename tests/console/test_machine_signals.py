"""Signals that machines cause are kept, count for nothing, and are judged together."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leads.clock import now
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SCORING = """scoring: opens
version: 1
rules:
  opened: {signal: email_opened, points: 1}
  clicked: {signal: email_clicked, points: 10}
"""


@pytest.fixture
def scored(sluice: Sluice, queued: Queued, tmp_path: Path) -> Path:
    """A file for signals, with Zeta in the queue of a campaign that scores opens and clicks."""
    queued("Zeta GmbH")
    (tmp_path / "opens.yaml").write_text(SCORING)
    sluice("scoring", "use", tmp_path / "opens.yaml")
    return tmp_path / "signals.jsonl"


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps({"company": "zeta.example"} | row) for row in rows))
    return path


def opened(at: datetime, number: int, **more: object) -> dict[str, Any]:
    return {"kind": "opened", "at": at.isoformat(), "id": f"open {number}"} | more


def test_ten_thousand_opens_in_a_minute_count_for_nothing(sluice: Sluice, scored: Path) -> None:
    start = now() - timedelta(hours=1)
    rows = [opened(start + timedelta(milliseconds=6 * one), one) for one in range(10_000)]
    click = {"kind": "clicked", "at": (start + timedelta(minutes=30)).isoformat(), "id": "a click"}
    found = sluice("signal", "import", write(scored, [*rows, click]), "--json").json
    assert (found["recorded"], found["machine"]) == ({"opened": 10_000, "clicked": 1}, 10_000)
    explained = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (explained["engagement"], explained["machine"]) == (10, 10_000)
    card = sluice("queue", "show", "zeta.example", "--json").json["interest"]
    assert [one["signal"] for one in card["last_signals"]] == ["email_clicked"]
    assert (card["engagement"], card["temperature"]) == (10, "cold")


def test_what_comes_later_shows_what_a_machine_did_before(sluice: Sluice, scored: Path) -> None:
    start = now() - timedelta(hours=1)
    sluice("signal", "import", write(scored, [opened(start, 1), opened(start, 2)]))
    assert sluice("scoring", "explain", "zeta.example", "--json").json["engagement"] == 2
    sluice("signal", "import", write(scored, [opened(start, 3)]))
    explained = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (explained["engagement"], explained["machine"]) == (0, 3)


def test_agent_link_and_the_word_of_the_source_are_kept(sluice: Sluice, scored: Path) -> None:
    start = now() - timedelta(hours=1)
    rows = [
        opened(start, 1, agent="Barracuda Sentinel", link="https://zeta.example/a"),
        opened(start + timedelta(minutes=9), 2, machine=True),
        opened(start + timedelta(minutes=19), 3, agent="Thunderbird"),
        opened(start + timedelta(minutes=29), 4, agent="curl/8", machine=False),
    ]
    sluice("signal", "import", write(scored, rows))
    sluice("signal", "add", "zeta.example", "email_opened", "--agent", "curl/8")
    stored = sluice("signal", "list", "zeta.example", "--json").json["signals"]
    assert [(one["agent"], one["machine"]) for one in stored] == [
        ("Barracuda Sentinel", None),
        (None, True),
        ("Thunderbird", None),
        ("curl/8", False),
        ("curl/8", None),
    ]
    assert stored[0]["link"] == "https://zeta.example/a"
    explained = sluice("scoring", "explain", "zeta.example", "--json").json
    assert (explained["engagement"], explained["machine"]) == (2, 3)
    long = ("signal", "add", "zeta.example", "opened", "--agent", "x" * 501, "--json")
    assert "at most 500" in sluice(*long, code=2).error["message"]


def test_a_machine_wakes_no_lead_from_nurture(sluice: Sluice, scored: Path) -> None:
    sluice("lead", "qualify", "zeta.example", "need=yes")
    sluice("lead", "move", "zeta.example", "nurture", "--reason", "next year")
    before = sluice("lead", "list", "--json").json[0]["next_touch_at"]
    start = now() - timedelta(seconds=1)
    sluice("signal", "import", write(scored, [opened(start, one) for one in range(50)]))
    (after,) = sluice("lead", "list", "--json").json
    assert (after["stage"], after["next_touch_at"]) == ("nurture", before)
