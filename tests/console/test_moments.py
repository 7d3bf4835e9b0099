"""Times that users type, in their zone: stated, stored as the moment they mean, or refused."""

from datetime import UTC, datetime

import pytest

from console.cli.moments import Moment, day_end, day_start, future_moment, shown, user_zone
from leads.errors import UsageError


@pytest.fixture(autouse=True)
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is late November 2026 in New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr("console.cli.moments.now", lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))


def moment(text: str, zone: str | None = None) -> Moment:
    return future_moment(text, zone)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2093-07-01T09:00", None, "2093-07-01 13:00"),
        ("2093-07-01T09:00+09:00", None, "2093-07-01 00:00"),
        ("2093-07-01T09:00", "Europe/Berlin", "2093-07-01 07:00"),
        ("2093-07-01T02:00", "Asia/Tokyo", "2093-06-30 17:00"),
        ("2093-07-01", "Asia/Kolkata", "2093-06-30 18:30"),
        ("2027-01-04T09:00", "Europe/London", "2027-01-04 09:00"),
    ],
)
def test_a_time_is_that_of_the_zone(text: str, zone: str | None, utc: str) -> None:
    assert f"{moment(text, zone).at:%Y-%m-%d %H:%M}" == utc


def test_the_zone_is_stated() -> None:
    found = moment("2027-07-01T21:00")
    assert found.named == "2027-07-01 21:00 America/New_York"
    assert shown(found.at, user_zone(None)) == (
        "2027-07-01 21:00 America/New_York (2027-07-02 01:00 UTC)"
    )


def test_the_setting_goes_before_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICE_TIME_ZONE", "Europe/Madrid")
    assert moment("2027-07-01T09:00").named.endswith("Europe/Madrid")


@pytest.mark.parametrize(
    ("text", "zone", "message", "hint"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "does not exist", "2027-03-28T03:30"),
        ("2027-03-14T02:15", "America/Chicago", "does not exist", "2027-03-14T03:15"),
        ("2027-10-31T02:30", "Europe/Berlin", "exists twice", "2027-10-31T02:30+02:00 or 2027"),
        ("2027-11-07T01:30", None, "exists twice", "2027-11-07T01:30-04:00 or 2027"),
        ("2027-07-01T09:00", "Europe/Berln", "not a time zone", "Europe/Berlin"),
        ("2027-07-01T09:00", "new york", "not a time zone", "America/New_York"),
        ("2001-07-01T09:00", None, "in the past", "future"),
        ("9999-12-31", None, "too far in the future", "within 100 years"),
        ("9999-12-31T23:59", "Asia/Tokyo", "too far in the future", "within 100 years"),
        ("whenever", None, "not a date", "2027-01-31"),
        ("3/4/2027", None, "two different days", "3 apr, apr 3 or 2027-01-31"),
        ("3/4", None, "two different days", "3 apr"),
        ("in 101 years", None, "too far in the future", "within 100 years"),
        ("2026-11-28", None, "in the past", "future"),
    ],
)
def test_a_time_that_is_not_one_moment_is_refused(
    text: str, zone: str | None, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        future_moment(text, zone)
    assert message in refused.value.message
    assert hint in (refused.value.hint or "")


def test_today_is_what_is_left_of_it_and_one_time_is_shown_once() -> None:
    found = moment("today")
    assert f"{found.at:%Y-%m-%d %H:%M}" == "2026-11-29 12:01"
    assert (found.day_ends, found.named[:10]) == (
        datetime(2026, 11, 30, 5, tzinfo=UTC),
        "2026-11-29",
    )
    assert shown(found.at, user_zone("Etc/UTC")) == "2026-11-29 12:01 Etc/UTC"


@pytest.mark.parametrize(
    ("text", "zone", "ends"),
    [
        ("2027-03-28T01:30", "Europe/London", "write 2027-03-28T02:30, which comes right after"),
        ("2027-10-31T01:30", "Europe/London", "2027-10-31T01:30+01:00 or 2027-10-31T01:30+00:00"),
        ("2027-03-28T02:00", "Europe/Berlin", "write 2027-03-28T03:00, which comes right after"),
        ("2027-10-31T02:59", "Europe/Berlin", "2027-10-31T02:59+02:00 or 2027-10-31T02:59+01:00"),
        ("2027-03-14T02:30", "America/New_York", "write 2027-03-14T03:30, which comes right after"),
        (
            "2027-11-07T01:00",
            "America/New_York",
            "2027-11-07T01:00-04:00 or 2027-11-07T01:00-05:00",
        ),
        # Clocks of Lord Howe Island go forward and back by half an hour.
        (
            "2027-10-03T02:15",
            "Australia/Lord_Howe",
            "write 2027-10-03T02:45, which comes right after",
        ),
        (
            "2027-04-04T01:45",
            "Australia/Lord_Howe",
            "2027-04-04T01:45+11:00 or 2027-04-04T01:45+10:30",
        ),
    ],
)
def test_a_skipped_or_repeated_time_names_the_ways_out(text: str, zone: str, ends: str) -> None:
    with pytest.raises(UsageError) as refused:
        future_moment(text, zone)
    assert (refused.value.hint or "").endswith(ends)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        # Brazil has had no summer time since 2019: the old change of clocks skips nothing.
        ("2027-10-17T00:30", "America/Sao_Paulo", "2027-10-17 03:30"),
        ("2027-10-03T02:30", "Australia/Lord_Howe", "2027-10-02 15:30"),
        ("2027-04-04T01:15", "Australia/Lord_Howe", "2027-04-03 14:15"),
        ("2027-03-28T02:00", "Europe/London", "2027-03-28 01:00"),
        ("2027-10-31T02:00", "Europe/London", "2027-10-31 02:00"),
    ],
)
def test_the_minutes_beside_a_change_of_clocks_are_one_moment(
    text: str, zone: str, utc: str
) -> None:
    found = moment(text, zone)
    assert f"{found.at:%Y-%m-%d %H:%M}" == utc
    assert found.named == f"{text.replace('T', ' ')} {zone}"


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        # Clocks skip midnight: the day begins at one o'clock.
        ("2027-09-05", "America/Santiago", "2027-09-05 04:00"),
        ("2027-04-30", "Africa/Cairo", "2027-04-29 22:00"),
        ("2027-03-28", "Asia/Beirut", "2027-03-27 22:00"),
        ("2027-03-28", "Europe/Berlin", "2027-03-27 23:00"),
    ],
)
def test_a_day_begins_even_where_clocks_skip_its_midnight(text: str, zone: str, utc: str) -> None:
    assert f"{moment(text, zone).at:%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2026-11-20", "2026-11-20 05:00", "2026-11-21 05:00"),
        ("monday", "2026-11-23 05:00", "2026-11-24 05:00"),
        ("yesterday 14:30", "2026-11-28 19:30", "2026-11-28 19:30"),
        ("2026-11-20T10:00Z", "2026-11-20 10:00", "2026-11-20 10:00"),
        ("2026-11-20T00:00", "2026-11-20 05:00", "2026-11-20 05:00"),
    ],
)
def test_a_period_begins_and_ends_with_the_days_that_it_names(
    text: str, begins: str, ends: str
) -> None:
    assert f"{day_start(text):%Y-%m-%d %H:%M}" == begins
    assert f"{day_end(text):%Y-%m-%d %H:%M}" == ends


@pytest.mark.parametrize("text", ["tomorrow", "3/4", "", "9999-99-99"])
def test_a_period_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date or time"):
        day_end(text)
