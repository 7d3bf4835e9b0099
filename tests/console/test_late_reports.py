"""A result that comes too late: after the lease expired, twice, after a split, after an erasure."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.console.conftest import Sluice, held
from tests.made_clock import MadeClock

Queued = Callable[..., None]
ALDER, BIRCH = "Alder Werkzeugbau GmbH", "Birch Pressteile GmbH"
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


def take(sluice: Sluice, user: str) -> int:
    token: int = sluice("queue", "next", "--as", user, "--json").json["lease"]["token"]
    return token


def done(sluice: Sluice, user: str, token: int, code: int = 0) -> str:
    return sluice("queue", "done", "interested", "--as", user, "--token", str(token), code=code).err


def test_an_old_token_after_expiry_is_refused(
    sluice: Sluice, queued: Queued, clock: MadeClock
) -> None:
    queued(ALDER)
    old = take(sluice, "ann")
    clock.at += HOUR
    new = take(sluice, "ann")
    assert new > old
    assert f"--token {old} is of an earlier lease" in done(sluice, "ann", old, code=4)
    assert held(sluice, "ann") == [ALDER]
    done(sluice, "ann", new)
    assert held(sluice, "ann") == []


@pytest.mark.parametrize(
    ("forward", "back"),
    [
        pytest.param(HOUR, timedelta(0), id="its lease expired"),
        pytest.param(YEAR, YEAR, id="the clock jumped forward and back"),
    ],
)
def test_the_next_holder_keeps_the_prospect(
    sluice: Sluice, queued: Queued, clock: MadeClock, forward: timedelta, back: timedelta
) -> None:
    queued(ALDER)
    old = take(sluice, "ann")
    clock.at += forward
    new = take(sluice, "ben")
    clock.at -= back
    assert held(sluice, "ann") == []
    assert held(sluice, "ben") == [ALDER]
    assert "ann holds no prospect" in done(sluice, "ann", old, code=3)
    done(sluice, "ben", new)


def test_a_lease_is_finished_once(sluice: Sluice, queued: Queued) -> None:
    queued(ALDER)
    token = take(sluice, "ann")
    done(sluice, "ann", token)
    assert "ann holds no prospect" in done(sluice, "ann", token, code=3)
    card = sluice("queue", "show", ALDER, "--json").json
    assert [line["disposition"] for line in card["history"]] == ["interested"]


def test_after_a_split_the_result_is_kept_at_the_company_of_the_lease(
    sluice: Sluice, queued: Queued
) -> None:
    queued(ALDER, BIRCH)
    sluice("dedupe", "merge", ALDER, BIRCH)
    token = take(sluice, "ann")
    (name,) = held(sluice, "ann")
    sluice("dedupe", "split", name)
    done(sluice, "ann", token)
    assert held(sluice, "ann") == []
    other = take(sluice, "ben")
    (name_of_other,) = held(sluice, "ben")
    assert {name, name_of_other} == {ALDER, BIRCH}
    done(sluice, "ben", other)


def test_after_an_erasure_there_is_nothing_to_finish(sluice: Sluice, queued: Queued) -> None:
    queued(ALDER)
    token = take(sluice, "ann")
    sluice("forget", "alder.example", "--yes")
    assert ALDER not in done(sluice, "ann", token, code=3)
    assert held(sluice, "ann") == []


def test_a_call_back_comes_on_its_day_after_the_clock_jumped(
    sluice: Sluice, queued: Queued, clock: MadeClock
) -> None:
    queued(ALDER)
    take(sluice, "ann")
    at = (clock.at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sluice("queue", "done", "call_back", "--as", "ann", "--at", at, "--tz", "UTC")
    clock.at -= YEAR
    sluice("queue", "next", "--as", "ann", code=3)
    clock.at += YEAR
    sluice("queue", "next", "--as", "ann", code=3)
    clock.at += timedelta(days=2, hours=1)
    card = sluice("queue", "next", "--as", "ann", "--json").json
    assert card["promise"]["by"] == "ann"
