"""What Retry-After asks for, whatever a server writes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.retry_after import MOST, seconds_to_wait

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120),
        ("Sun, 01 Mar 2026 13:02:00 +0100", 120),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("315360000", MOST),
        ("9" * 5000, MOST),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Sun, 99 Mar 2026 12:02:00 GMT", None),
    ],
)
def test_what_a_header_asks_for(header: str, seconds: float | None) -> None:
    assert seconds_to_wait(header, AT) == seconds


@given(st.text(max_size=60))
def test_any_text_is_a_wait_or_none(header: str) -> None:
    wait = seconds_to_wait(header, AT)
    assert wait is None or 0 <= wait <= MOST


@given(st.timedeltas(timedelta(0), timedelta(seconds=MOST)))
def test_a_date_is_the_wait_until_then(wait: timedelta) -> None:
    until = (AT + wait).replace(microsecond=0)
    said = f"{until:%a, %d %b %Y %H:%M:%S} GMT"
    assert seconds_to_wait(said, AT) == (until - AT).total_seconds()
