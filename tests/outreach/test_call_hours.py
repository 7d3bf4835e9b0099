"""Call hours: what users write, and when places open, over changes of the clocks and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leads.errors import UsageError
from leads.lexicon.places.local_calendars import LocalCalendar, calendar_of_key, zones_of_country
from outreach.hours.days_off import USUAL_WEEKEND, DaysOff, days_off
from outreach.hours.week import CallHours, Span, parse_hours
from outreach.hours.windows import REACHES, OpenState, state_at
from outreach.hours.words import duration, local_words

USUAL = "workdays 9-12, 13-17"
PLAIN = DaysOff(USUAL_WEEKEND, {date(2026, 12, 25): "Christmas Day"})


def calendar(key: str) -> LocalCalendar:
    found = calendar_of_key(key)
    assert found is not None
    return found


def moment(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("workdays 9-12, 13-17", "workdays 9:00-12:00, 13:00-17:00"),
        ("9-12,13-17", "workdays 9:00-12:00, 13:00-17:00"),
        ("mon-fri 9-12, 13-17; sat 10-12", "mon-fri 9:00-12:00, 13:00-17:00; sat 10:00-12:00"),
        ("Mon, Wednesday 9am-5.30pm", "mon 9:00-17:30; wed 9:00-17:30"),
        ("fri-mon 9:30–11", "mon 9:30-11:00; fri-sun 9:30-11:00"),
        ("workdays 9-17; fri closed", "workdays 9:00-17:00; fri closed"),
        ("sat - sun 0-24", "sat-sun 0:00-24:00"),
        ("mon tue 9 to 17", "mon-tue 9:00-17:00"),
        ("13-17, 9-12", "workdays 9:00-12:00, 13:00-17:00"),
        ("Any time", "any time"),
    ],
)
def test_hours_are_read_and_written_back(text: str, read: str) -> None:
    hours = parse_hours(text)
    assert str(hours) == read
    assert parse_hours(read) == hours


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "name no hours"),
        ("mon", "name no hours"),
        ("9", "have no end"),
        ("9-", "not understood"),
        ("1e9-2", "not understood"),
        ("９-17x", "not understood"),
        ("25-26", "no time of day"),
        ("9:60-10", "no time of day"),
        ("13pm-14pm", "no time of day"),
        ("22-6", "end before they begin"),
        ("9-9", "end before they begin"),
        ("monkey 9-10", "'monkey' is no day"),
        ("mon-fri-sat 9-10", "is no day"),
        ("mon 9-12, 11-13", "9:00-12:00 and 11:00-13:00 overlap"),
        ("mon 9-10; mon 11-12", "name mon twice"),
        ("9-10; workdays 11-12", "workdays twice"),
        ("mon closed", "never open"),
        ("9-10; " * 200, "too long"),
    ],
)
def test_hours_that_make_no_sense_are_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_hours(text)


@given(st.text(alphabet="monfrisatu 0123456789-,;:.ap", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        hours = parse_hours(text)
    except UsageError:
        return
    assert parse_hours(str(hours)) == hours


@pytest.mark.parametrize(
    ("key", "hours", "at", "open_now", "changes"),
    [
        ("DE", USUAL, "2026-11-30T10:00 Europe/Berlin", True, "2026-11-30T12:00 Europe/Berlin"),
        ("DE", USUAL, "2026-11-30T12:00 Europe/Berlin", False, "2026-11-30T13:00 Europe/Berlin"),
        ("DE", USUAL, "2026-11-30T17:00 Europe/Berlin", False, "2026-12-01T09:00 Europe/Berlin"),
        ("DE", USUAL, "2026-11-28T10:00 Europe/Berlin", False, "2026-11-30T09:00 Europe/Berlin"),
        # Christmas on a Friday, and the weekend behind it.
        ("DE", USUAL, "2026-12-25T10:00 Europe/Berlin", False, "2026-12-28T09:00 Europe/Berlin"),
        # Clocks are put forward on March 29, 2026: the working day stays at nine.
        ("DE", USUAL, "2026-03-27T18:00 Europe/Berlin", False, "2026-03-30T09:00 Europe/Berlin"),
        # Seven zones: Hawaii is the last to open, New York the first to close.
        ("US", USUAL, "2026-12-01T09:30 America/New_York", False, "2026-12-01T14:00 America/New_York"),
        ("US", USUAL, "2026-12-01T14:30 America/New_York", True, "2026-12-01T17:00 America/New_York"),
        # Eleven zones that share no hour: open when anybody there is at work.
        ("RU", USUAL, "2026-12-01T10:00 Europe/Moscow", True, "2026-12-01T18:00 Europe/Moscow"),
        # Hours of a day that is named count on a weekend too.
        ("DE", "sat 10-12", "2026-12-05T11:00 Europe/Berlin", True, "2026-12-05T12:00 Europe/Berlin"),
        # Days that touch are one window; without an end in sight nothing is promised.
        ("DE", "sat-sun 0-24", "2026-12-05T11:00 Europe/Berlin", True, "2026-12-06T23:00 UTC"),
        # In Cairo, clocks skip the midnight of April 24, 2026.
        ("EG", "fri 0-1:30", "2026-04-23T23:30 Africa/Cairo", False, "2026-04-23T22:00 UTC"),
        # In New York, one o'clock comes twice on November 1, 2026: the window has both.
        ("US America/New_York", "sun 1-2", "2026-11-01T05:30 UTC", True, "2026-11-01T07:00 UTC"),
    ],
)  # fmt: skip
def test_windows(key: str, hours: str, at: str, open_now: bool, changes: str) -> None:
    found = state_at(calendar(key), parse_hours(hours), PLAIN, moment(*at.split()))
    assert found.is_open is open_now
    assert found.changes_at == moment(*changes.split())


def test_a_window_that_clocks_skip_is_none() -> None:
    # Clocks skip the hour from two to three on March 29, 2026.
    hours = parse_hours("sun 2-3")
    at = moment("2026-03-28T12:00")
    found = state_at(calendar("DE"), hours, PLAIN, at)
    assert found == OpenState(is_open=False, changes_at=moment("2026-04-05T02:00", "Europe/Berlin"))


def test_a_place_that_is_always_open_never_closes() -> None:
    hours, days = parse_hours("mon-sun 0-24"), DaysOff(frozenset(), {})
    found = state_at(calendar("DE"), hours, days, moment("2026-12-01"))
    assert found == OpenState(is_open=True, changes_at=None)


def test_the_weekend_is_that_of_the_country() -> None:
    saudi = days_off("SA", "", 2026)
    friday = moment("2026-11-27T10:00", "Asia/Riyadh")
    sunday = moment("2026-11-29T10:00", "Asia/Riyadh")
    hours = parse_hours(USUAL)
    assert not state_at(calendar("SA"), hours, saudi, friday).is_open
    assert state_at(calendar("SA"), hours, saudi, sunday).is_open


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("DE", "", "2026-12-25", "Christmas Day"),
        ("DE", "BY", "2026-01-06", "Epiphany"),
        ("DE", "HH", "2026-01-06", None),
        ("DE", "no such region", "2026-01-06", None),
        ("GB", "SCT", "2026-11-30", "Saint Andrew's Day"),
        ("US", "", "2026-11-26", "Thanksgiving Day"),
        ("KY", "", "2026-12-25", "Christmas Day"),
        ("XX", "", "2026-12-25", None),
    ],
)
def test_public_holidays_are_those_of_the_region(
    country: str, region: str, day: str, name: str | None
) -> None:
    assert days_off(country, region, 2026)(date.fromisoformat(day)).holiday == name


def test_a_working_weekend_counts() -> None:
    assert days_off("CN", "", 2026)(date(2026, 10, 10)).is_workday


@st.composite
def weeks(draw: st.DrawFn) -> CallHours:
    def spans() -> tuple[Span, ...]:
        ends = draw(st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True))
        points = sorted(15 * one for one in ends)
        return tuple(Span(*pair) for pair in zip(points[::2], points[1::2], strict=False))

    named = draw(st.sets(st.integers(0, 6), max_size=3))
    return CallHours(spans(), {day: spans() for day in named})


KEYS = ["DE", "US America/New_York", "US", "RU", "CL", "EG", "IR", "AU", "NZ", "ES", "NP"]
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(KEYS), weeks(), MOMENTS)
@example("DE", parse_hours(USUAL), moment("2026-03-29T00:59:59"))
def test_every_moment_is_open_or_opens_later(key: str, hours: CallHours, at: datetime) -> None:
    """What changes at a moment has changed then, and not just before it."""
    place = calendar(key)
    found = state_at(place, hours, PLAIN, at)
    assert found.changes_at is not None
    assert at < found.changes_at <= at + timedelta(days=REACHES[-1])
    assert state_at(place, hours, PLAIN, found.changes_at).is_open is not found.is_open
    just_before = found.changes_at - timedelta(microseconds=1)
    assert state_at(place, hours, PLAIN, just_before).is_open is found.is_open
    between = at + (found.changes_at - at) / 3
    assert state_at(place, hours, PLAIN, between).is_open is found.is_open


def test_a_country_opens_while_all_its_zones_are_open() -> None:
    hours, at = parse_hours("9-17"), moment("2026-12-01")
    for quarter in range(7 * 96):
        moment_now = at + timedelta(minutes=15 * quarter)
        each = [
            state_at(calendar(f"US {zone}"), hours, PLAIN, moment_now).is_open
            for zone in zones_of_country("US")
        ]
        assert state_at(calendar("US"), hours, PLAIN, moment_now).is_open is all(each)


@pytest.mark.parametrize(
    ("key", "at", "clock", "state"),
    [
        ("DE", "2026-11-30T09:05", "Mon 10:05", "open until 12:00"),
        ("DE", "2026-11-30T11:10", "Mon 12:10", "opens in 50 min (Mon 13:00 there)"),
        ("DE", "2026-11-28T12:00", "Sat 13:00", "opens in 44 h (Mon 9:00 there)"),
        (
            "DE",
            "2026-12-25T09:00",
            "Fri 10:00",
            "closed for Christmas Day, opens in 3 days (Mon 9:00 there)",
        ),
        (
            "US",
            "2026-12-01T15:00",
            "between Tue 5:00 and Tue 10:00",
            "opens in 4 h (Tue 14:00 in America/New_York)",
        ),
        (
            "US",
            "2026-12-01T20:00",
            "between Tue 10:00 and Tue 15:00",
            "open until 17:00 in America/New_York",
        ),
    ],
)
def test_the_card_says_what_time_it_is(key: str, at: str, clock: str, state: str) -> None:
    place, when = calendar(key), moment(at)
    where = "US has 7 time zones" if key == "US" else "Europe/Berlin"
    said = local_words(place, state_at(place, parse_hours(USUAL), PLAIN, when), when)
    assert said == f"{clock} there ({where}), {state}"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 min"),
        (61, "2 min"),
        (3540, "59 min"),
        (3541, "1 h"),
        (172_800, "2 days"),
        (172_801, "3 days"),
    ],
)
def test_a_length_of_time_is_rounded_up(seconds: int, said: str) -> None:
    assert duration(timedelta(seconds=seconds)) == said
