"""Times that users type, in their zone: stated, stored as the moment they mean, or refused."""

import pytest

from console.cli.moments import Moment, future_moment, shown, user_zone
from leads.errors import UsageError


@pytest.fixture(autouse=True)
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")


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
        ("whenever", None, "not a date", "2027-01-31"),
        ("3/4/2027", None, "not a date", "2027-01-31"),
    ],
)
def test_a_time_that_is_not_one_moment_is_refused(
    text: str, zone: str | None, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        future_moment(text, zone)
    assert message in refused.value.message
    assert hint in (refused.value.hint or "")
