"""Days and times that are over, as words, and what is refused."""

from datetime import datetime

import pytest

from console.cli.past_words import past_in_words

#: A Sunday.
NOW = datetime.fromisoformat("2026-11-29T15:30")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("monday", "2026-11-23T00:00"),
        ("  Mon ", "2026-11-23T00:00"),
        ("sunday", "2026-11-29T00:00"),
        ("sat 14:30", "2026-11-28T14:30"),
        ("today", "2026-11-29T00:00"),
        ("yesterday 9:05", "2026-11-28T09:05"),
        ("3 days ago", "2026-11-26T00:00"),
        ("a week ago", "2026-11-22T00:00"),
        ("2 hours ago", "2026-11-29T13:30"),
        *((one, None) for one in ("", "tomorrow", "mo", "mond", "monday 25:00", "monday 9", "ago")),
        *((one, None) for one in ("3 moons ago", "99999 days ago", "next monday", "² days ago")),
    ],
)
def test_words_of_the_past(text: str, expected: str | None) -> None:
    found = past_in_words(text, NOW)
    assert (found.isoformat(timespec="minutes") if found else None) == expected
