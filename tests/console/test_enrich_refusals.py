"""`sluice enrich run` where a provider refuses, hangs, changes or redirects: what is owed, and what
goes on.
"""

import io
import os
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from console.cli.main import run_command
from sources.planner.why import Why
from sources.run import catalog
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.sources.asking import HOST, PROVIDER, Asking
from tests.sources.fake_sources import Asked, Sent
from workers import asking as batch
from workers import asking_jobs, source_http

ROWS = "Granby Verkstad AB,SE,Granby,,granby.example\nEkmala Bageri AB,SE,Ekmala,,ekmala.example\n"
BOTH = ["ekmala.example", "granby.example"]
OTHER = "api.other.example"
#: It knows the same, and costs twice as much.
DEARER = (
    PROVIDER.replace("headcounts\n", "other\n")
    .replace(HOST, OTHER)
    .replace("0.10 EUR", "0.20 EUR")
    .replace("title: Headcounts", "title: Other")
)
#: What answers does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def no_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The providers alone: each question is one that costs money."""
    monkeypatch.setattr(catalog, "registers", tuple)


def _nothing(_: datetime) -> Mapping[str, str]:
    return {}


def _seconds(_: datetime) -> Mapping[str, str]:
    return {"Retry-After": "600"}


def _date(at: datetime) -> Mapping[str, str]:
    return {"Retry-After": format_datetime(at + timedelta(minutes=10), usegmt=True)}


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [(_nothing, 1), (_seconds, 10), (_date, 10)],
    ids=["none", "seconds", "date"],
)
def test_a_storm_of_429_is_waited_out(
    asking: Asking,
    sluice: Sluice,
    clock: MadeClock,
    headers: Callable[[datetime], Mapping[str, str]],
    minutes: int,
) -> None:
    asking.fake.hosts[HOST] = lambda _: Sent({"error": "slow down"}, 429, headers(clock.at))
    asking.run_list(ROWS)
    done = asking.enrich("--budget", "1", "EUR", code=1)
    assert done["spent"]["amount"] == "0.000000"
    assert asking.hits(HOST) == 2
    [rest] = sluice("enrich", "limits", "--json").json["resting"]
    left = datetime.fromisoformat(rest["until"]) - clock.at
    assert timedelta(minutes=minutes - 0.5) < left <= timedelta(minutes=minutes)
    # Nobody asks while it rests, and the run says so.
    again = asking.enrich("--budget", "1", "EUR")
    assert again["resting"] == done["resting"]
    assert asking.hits(HOST) == 2

    asking.fake.hosts[HOST] = asking.paid
    clock.at += timedelta(minutes=minutes)
    asking.enrich("--budget", "1", "EUR")
    assert sorted(asking.paid.billed) == BOTH


def test_another_provider_takes_over_when_a_quota_is_used_up(
    asking: Asking, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One company in a batch, so that one is answered before the other is refused.
    monkeypatch.setattr(batch, "TOGETHER", 1)

    def first_alone(asked: Asked) -> Sent:
        return Sent({}, 402) if asking.paid.billed else asking.paid(asked)

    dearer: list[str] = []

    def other(asked: Asked) -> Sent:
        dearer.append(asked.query["domain"])
        return Sent({"company": asking.companies[asked.query["domain"]]})

    (asking.provider_file.parent / "other.yaml").write_text(DEARER, "utf-8")
    asking.fake.hosts |= {HOST: first_alone, OTHER: other}
    asking.run_list(ROWS)
    done = asking.enrich("--budget", "1", "EUR")
    assert sorted([*asking.paid.billed, *dearer]) == BOTH
    assert len(dearer) == 1
    assert done["spent"]["amount"] == "0.300000"
    assert (done["fit"], done["no_fit"]) == (1, 1)
    assert sluice("enrich", "unclear", "--json").json == []
    [rest] = sluice("enrich", "limits", "--json").json["resting"]
    assert rest["source"] == "provider:headcounts"


def test_a_provider_that_hangs_is_given_up(
    asking: Asking, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_http, "SECONDS", 0.2)
    over = threading.Event()

    def hang(_: Asked) -> Sent:
        over.wait(30)
        return Sent({})

    asking.fake.hosts[HOST] = hang
    asking.run_list(ROWS)
    done = asking.enrich("--budget", "1", "EUR", code=1)
    over.set()
    assert all("no answer within 0.2 s" in one["reason"] for one in _unclear(sluice))
    assert done["spent"]["amount"] == "0.200000"


@pytest.mark.parametrize(
    "sent",
    [
        Sent(b"<!doctype html><title>Maintenance</title>"),
        Sent({"firma": {"namn": "Granby Verkstad AB", "anstallda": 80}}),
        Sent([["company", None], 7]),
        Sent({"company": {"name": ["Granby"], "domain": {"": 1}, "employees": "many"}}),
        Sent(b'{"company": {"name": "Granby Verk'),
        Sent(b"[" * 100_000),
        Sent(b""),
    ],
    ids=["a page", "other names", "a list", "other kinds", "half", "nested", "empty"],
)
def test_an_answer_that_nobody_can_read_waits_for_a_person(
    asking: Asking, sluice: Sluice, sent: Sent
) -> None:
    asking.fake.hosts[HOST] = lambda _: sent
    asking.run_list(ROWS)
    asking.enrich("--budget", "1", "EUR", code=1)
    # It may have been billed, so the same is not asked again.
    again = asking.enrich("--budget", "1", "EUR")
    assert again["not_asked"] == {Why.UNCLEAR: 2}
    assert asking.hits(HOST) == 2
    _unclear(sluice)


def _unclear(sluice: Sluice) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sluice("enrich", "unclear", "--json").json
    assert len(found) == 2
    return found


def test_a_redirect_is_not_followed(asking: Asking, sluice: Sluice) -> None:
    inside = {"Location": f"http://127.0.0.1:{asking.fake.port}/inside"}
    asking.fake.hosts[HOST] = lambda _: Sent(b"", 302, inside)
    asking.run_list(ROWS)
    done = asking.enrich("--budget", "1", "EUR", code=1)
    assert {row["outcome"] for row in done["questions"]} == {"failed for now"}
    assert done["spent"]["amount"] == "0.000000"
    assert set(asking.fake.asked) == {HOST}
    assert {one.path for one in asking.fake.asked[HOST]} == {"/v1/company"}
    # What failed is tried again later, and a run meanwhile says so.
    again = asking.enrich("--budget", "1", "EUR")
    assert again["not_asked"] == {Why.FAILED: 2}
    sluice("enrich", "wake", "headcounts")
    asking.fake.hosts[HOST] = asking.paid
    asking.enrich("--budget", "1", "EUR")
    assert sorted(asking.paid.billed) == BOTH
    sluice("enrich", "wake", "headcounts", code=3)


def test_what_a_provider_says_it_billed_is_what_counts(asking: Asking) -> None:
    asking.provider_file.write_text(PROVIDER + "billed: {header: x-credits}\n", "utf-8")

    def bills_misses(asked: Asked) -> Sent:
        if asked.query["domain"] == "granby.example":
            return Sent({"error": "not found"}, 404, {"X-Credits": "1"})
        return Sent({"company": asking.companies["ekmala.example"]}, 200, {"X-Credits": "0"})

    asking.fake.hosts[HOST] = bills_misses
    asking.run_list(ROWS)
    done = asking.enrich("--budget", "1", "EUR")
    charged = {row["outcome"]: row["charged"]["amount"] for row in done["questions"]}
    assert charged == {"no match": "0.100000", "found": "0.000000"}
    assert done["spent"]["amount"] == "0.100000"
    asking.enrich("--budget", "1", "EUR")
    assert asking.hits(HOST) == 2


def _in_background(*command: str) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            sys.stdout = sys.stderr = io.StringIO()
            status = run_command([*command])
        finally:
            os._exit(status)
    return child


def test_of_two_clients_at_once_one_pays(
    asking: Asking, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_jobs, "AGAIN", timedelta(seconds=0.1))
    both = threading.Event()

    def slow(asked: Asked) -> Sent:
        # Long enough that the other client asks meanwhile.
        both.wait(0.5)
        return asking.paid(asked)

    asking.fake.hosts[HOST] = slow
    for client in ("default", "nordwind"):
        asking.run_list(ROWS, client, client)
    command = ("enrich", "run", "--budget", "1", "EUR", "--client")
    children = [_in_background(*command, client) for client in ("default", "nordwind")]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert sorted(asking.paid.billed) == BOTH
    for client in ("default", "nordwind"):
        done = asking.enrich("--budget", "1", "EUR", "--client", client)
        assert done["open"] == 0


#: What a provider sends, the exit code, and what the run prints: the reason, and the way out.
SAID: Mapping[str, tuple[Sent, int, str, str]] = {
    "wrong key": (
        Sent({}, 401),
        1,
        "Headcounts answered 401",
        "sluice enrich wake provider:headcounts",
    ),
    "no quota": (
        Sent({}, 402),
        1,
        "Headcounts answered 402",
        "sluice enrich wake provider:headcounts",
    ),
    "a storm": (Sent({}, 429), 1, "Headcounts answered 429", "is asked nothing until"),
    "a page": (
        Sent(b"<!doctype html>"),
        1,
        "Headcounts sent no JSON",
        "see `sluice enrich unclear`",
    ),
    "a new shape": (
        Sent({"firma": 1}),
        1,
        "Headcounts sent none of",
        "see `sluice enrich unclear`",
    ),
    "another company": (
        Sent(
            {
                "company": {
                    "name": "Other AB",
                    "domain": "other.example",
                    "country": "SE",
                    "employees": 9,
                }
            }
        ),
        0,
        "what it sent is about another company",
        "",
    ),
}


def test_a_run_says_what_went_wrong_and_what_helps(
    asking: Asking, sluice: Sluice, clock: MadeClock
) -> None:
    asking.run_list(ROWS)
    for kind, (sent, code, reason, way) in SAID.items():
        asking.fake.hosts[HOST] = lambda _, sent=sent: sent  # type: ignore[misc]
        done = sluice("enrich", "run", "--budget", "1", "EUR", code=code)
        assert reason in done.out, kind
        assert way in done.err, kind
        # Another time, when the source no longer rests and nothing it said is fresh.
        clock.at += timedelta(days=200)
