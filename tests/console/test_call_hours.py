"""Call hours as an SDR and a manager see them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leads.clock import now
from outreach.hours.week import DAYS
from tests.console.conftest import Sluice

Queued = Callable[..., None]
BERLIN = ZoneInfo("Europe/Berlin")


def closed_hours() -> str:
    """Hours of a day that begins in two days, whatever the time is now."""
    return f"{DAYS[(now().astimezone(BERLIN).weekday() + 3) % 7]} 9-17"


def test_nothing_is_handed_out_while_everything_is_closed(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    hours = closed_hours()
    assert hours[:3] in sluice("campaign", "set", "all", "--call-hours", hours).out
    refused = sluice("queue", "next", "--as", "ann", "--json", code=3)
    assert refused.error["message"].startswith("nothing is open now; next opens ")
    assert refused.error["message"].endswith("days (2 prospects)")
    assert "--any-time" in refused.error["hint"]

    card = sluice("queue", "next", "--as", "ann", "--any-time", "--json").json
    local = card["local_time"]
    assert local["time_zones"] == ["Europe/Berlin"]
    assert local["is_open"] is False
    opens_at = datetime.fromisoformat(local["opens_at"]).astimezone(BERLIN)
    assert (opens_at.hour, f"{opens_at:%a}".lower()) == (9, hours[:3])
    text = sluice("queue", "next", "--as", "ann").out
    assert "there (Europe/Berlin), " in text
    assert f"days ({hours[:3].title()} " in text
    assert " 9:00 there)" in text


def test_a_script_hears_why_no_prospect_follows(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH", "Cedar GmbH", "Fir GmbH")
    sluice("campaign", "set", "all", "--call-hours", closed_hours())
    sluice("queue", "next", "--as", "ann", "--any-time")
    assert "nothing is open now" in sluice("queue", "done", "busy", "--next", "--as", "ann").err
    sluice("queue", "next", "--as", "ann", "--any-time")
    shown = sluice("queue", "done", "busy", "--next", "--any-time", "--as", "ann")
    assert "Yours until" in shown.out
    assert sluice("work", "--as", "ben", stdin="q\n").err.count("nothing is open now") == 1


def test_the_hours_of_a_campaign_are_set_shown_and_reset(
    sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Alder GmbH")
    monkeypatch.setenv("SLUICE_CALL_HOURS", "9-17")
    usual = "call hours: workdays 9:00-17:00 (the usual ones)"
    assert usual in sluice("campaign", "show", "all").out
    set_hours = ("campaign", "set", "all", "--call-hours")
    assert "call hours: sat 10:00-12:00\n" in sluice(*set_hours, "Saturday 10am-12").out
    assert sluice("campaign", "show", "all", "--json").json["call_hours"] == "sat 10:00-12:00"
    assert "no day" in sluice(*set_hours, "someday 9-12", code=2).err
    assert sluice(*set_hours, "usual", "--json").json["call_hours"] is None
    assert usual in sluice("campaign", "show", "all").out


def test_a_setting_that_makes_no_sense_is_named(
    sluice: Sluice, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued("Alder GmbH")
    monkeypatch.setenv("SLUICE_CALL_HOURS", "nine to five")
    assert "call_hours" in sluice("queue", "next", "--as", "ann", code=2).err


def test_a_company_without_a_country_has_no_local_time(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Alder GmbH")
    (tmp_path / "more.csv").write_text("name,website\nZeta,zeta.example\n")
    sluice("import", tmp_path / "more.csv")
    card = sluice("queue", "show", "Zeta")
    assert "Local time: unknown, because no country is known" in card.out
    assert sluice("queue", "show", "Zeta", "--json").json["local_time"]["time_zones"] == []


@pytest.mark.parametrize(
    ("zone", "when", "said"),
    [
        ("America/New_York", "2028-03-01T09:00", "that is Wed 15:00 there (Europe/Berlin)\n"),
        ("Europe/Berlin", "2028-03-01T09:00", None),
        # The clocks of Rome show the same.
        ("Europe/Rome", "2028-03-01T09:00", None),
        (
            "Europe/Rome",
            "2028-03-01T03:00",
            "Wed 3:00 there (Europe/Berlin), outside its call hours",
        ),
        (
            "Europe/Rome",
            "2028-12-25T10:00",
            "Mon 10:00 there (Europe/Berlin), outside its call hours",
        ),
        # A whole day has no time there.
        ("America/New_York", "2028-03-01", None),
    ],
)
def test_a_call_back_is_told_in_both_zones(
    zone: str, when: str, said: str | None, sluice: Sluice, queued: Queued
) -> None:
    queued("Alder GmbH")
    sluice("campaign", "set", "all", "--call-hours", "workdays 9-17")
    sluice("queue", "next", "--as", "ann", "--any-time")
    told = sluice("queue", "done", "call_back", "--as", "ann", "--at", when, "--tz", zone)
    if said is None:
        assert " there (" not in told.out + told.err
    else:
        assert said in told.out + told.err
    mine = sluice("queue", "mine", "--as", "ann")
    assert ("there (Europe/Berlin)" in mine.out) is ("T" in when)


def test_what_a_user_holds_has_its_local_time(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH", "Birch GmbH")
    sluice("campaign", "set", "all", "--call-hours", closed_hours())
    sluice("queue", "next", "--as", "ann", "--any-time")
    assert "LOCAL TIME" in sluice("queue", "mine", "--as", "ann").out
    (line,) = sluice("queue", "mine", "--as", "ann", "--json").json["held"]
    assert line["local_time"]["is_open"] is False
    assert "opens in" in line["local_time"]["words"]
    assert [row["open"] for row in sluice("queue", "show", "--json").json] == [False, False]
    assert "OPEN" in sluice("queue", "show").out
