"""Reports of a campaign, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.console.conftest import Sluice
from tests.console.made_leads import make_qualified
from tests.made_clock import MadeClock

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


def steps(document: dict[str, Any]) -> dict[str, int]:
    return {one["step"]: one["companies"] for one in document["steps"]}


def days(document: dict[str, Any], step: str) -> float | None:
    (found,) = [one for one in document["steps"] if one["step"] == step]
    return None if found["days"] is None else found["days"]["median"]


def test_a_company_is_followed_from_name_to_accepted_lead(
    sluice: Sluice, queued: Queued, clock: MadeClock
) -> None:
    queued("Zeta GmbH", "Alpha AG")
    clock.at += timedelta(days=2)
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    found = sluice("report", "funnel", "--by", "sdr", "--json").json
    assert steps(found) | {"handed_over": 0, "accepted": 0} == steps(found)
    assert [steps(found)[step] for step in ("name", "prospect", "reached", "lead")] == [2, 2, 1, 1]
    assert days(found, "prospect") == 2.0
    groups = {one["group"]: steps(one) for one in found["groups"]}
    assert {name: one["lead"] for name, one in groups.items()} == {"ann": 1, "(nobody)": 0}
    (lead,) = sluice("lead", "list", "--json").json

    clock.at += timedelta(days=5)
    make_qualified(sluice)
    name = lead["company"].split()[0].lower()
    sluice(
        "lead",
        "qualify",
        f"{name}.example",
        "need=yes",
        "timeline=yes",
        "budget=yes",
        "authority=yes",
    )
    sluice("handover", "send", f"{name}.example", "-o", "-")
    clock.at += timedelta(days=1)
    sluice("handover", "accept", f"{name}.example")
    found = sluice("report", "funnel", "--json").json
    assert (steps(found)["handed_over"], steps(found)["accepted"]) == (1, 1)
    assert days(found, "handed_over") == 1.0
    shown = sluice("report", "funnel").out
    assert "1 of 1: too few to say" in shown
    assert "%" not in shown
