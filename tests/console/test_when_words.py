"""Times in words, as a caller writes them; today is Thursday, 3 December 2026, 10:20."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cli.when_words import When, in_words

NOW = datetime.fromisoformat("2026-12-03T10:20:30")
ANY_TIME = st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2090-01-01"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tue 9", "2026-12-08 09:00"),
        ("Tuesday at 9:30", "2026-12-08 09:30"),
        ("thu 11", "2026-12-10 11:00"),
        ("fri 3", "2026-12-04 15:00"),
        ("fri 3 am", "2026-12-04 03:00"),
        ("on fri, 3pm", "2026-12-04 15:00"),
        ("next tue 14h", "2026-12-08 14:00"),
        ("next fri", "2026-12-11"),
        ("next week", "2026-12-07"),
        ("next month", "2027-01-01"),
        ("today 16.30", "2026-12-03 16:30"),
        ("tomorrow", "2026-12-04"),
        ("tomorrow noon", "2026-12-04 12:00"),
        ("tomorrow morning", "2026-12-04 09:00"),
        ("9am tomorrow", "2026-12-04 09:00"),
        ("9 am tomorrow", "2026-12-04 09:00"),
        ("16:00", "2026-12-03 16:00"),
        ("9", "2026-12-04 09:00"),
        ("12am", "2026-12-04 00:00"),
        ("12 pm", "2026-12-03 12:00"),
        ("in 2 weeks", "2026-12-17"),
        ("in a month", "2027-01-03"),
        ("in 3 months", "2027-03-03"),
        ("in 90 min", "2026-12-03 11:50"),
        ("in an hour", "2026-12-03 11:20"),
        ("1 dec", "2027-12-01"),
        ("dec 24", "2026-12-24"),
        ("24th of December 2027 at 8", "2027-12-24 08:00"),
        ("February 29", None),
        ("29 feb 2028", "2028-02-29"),
        ("1.2.", "2027-02-01"),
        ("1.2.2028 9:15", "2028-02-01 09:15"),
    ],
)
def test_what_is_meant(text: str, meant: str | None) -> None:
    found = in_words(text, NOW)
    assert (found and shown(found)) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "t", "tu", "ju 4", "25:00", "9:75", "13pm", "0am", "in weeks", "in 2 moons"),
        *(
            "3/4",
            "3/4/2027",
            "tue 9 10",
            "tue wed",
            "31 feb",
            "next",
            "next blue",
            "in 99999 years",
        ),
        *("in 9999 months 9", "tue 9 sharp", "yesterday"),
    ],
)
def test_what_is_half_understood_is_not_guessed(text: str) -> None:
    assert in_words(text, NOW) is None


@given(st.text(max_size=30), ANY_TIME)
def test_no_text_breaks_it(text: str, now: datetime) -> None:
    in_words(text, now)


@given(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun", "next mon", "tomorrow"]),
    st.integers(7, 23),
    st.integers(0, 59),
    ANY_TIME,
)
def test_a_day_and_a_time_lie_ahead_within_two_weeks(
    day: str, hour: int, minute: int, now: datetime
) -> None:
    found = in_words(f"{day} {hour}:{minute:02}", now)
    assert found is not None
    assert (found.local.hour, found.local.minute) == (hour, minute)
    assert 0 < (found.local.date() - now.date()).days <= 13


def shown(found: When) -> str:
    return f"{found.local:%Y-%m-%d %H:%M}" if found.has_time else f"{found.local:%Y-%m-%d}"
