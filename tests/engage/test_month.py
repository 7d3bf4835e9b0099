"""A month of a made-up campaign, day by day, for two clients whose labels and points differ."""

from datetime import timedelta

import pytest

from engage.score.results import Result, results
from tests.engage.made import DAY, START, scores, scoring, seed, signal, usable

#: Day, company, kind.
MONTH = (
    (0, "alder", "welcome_email_clicked"),
    (1, "alder", "price_page_visited"),
    (2, "birch", "welcome_email_clicked"),
    (3, "alder", "quote_requested"),
    (5, "cedar", "quote_requested"),
    (6, "cedar", "quote_requested"),
    (7, "cedar", "quote_requested"),
    (8, "cedar", "price_page_visited"),
    (9, "birch", "unsubscribed"),
    (20, "alder", "quote_requested"),
)
#: By day: alder, birch and cedar, each with engagement and temperature.
EXPECTED = {
    0: ((10, "cold"), (0, "cold"), (0, "cold")),
    1: ((15, "cold"), (0, "cold"), (0, "cold")),
    2: ((14, "cold"), (10, "cold"), (0, "cold")),
    3: ((33, "warm"), (10, "cold"), (0, "cold")),
    5: ((30, "warm"), (9, "cold"), (20, "cold")),
    6: ((29, "warm"), (8, "cold"), (39, "warm")),
    7: ((27, "warm"), (8, "cold"), (57, "warm")),
    8: ((26, "warm"), (7, "cold"), (59, "warm")),
    9: ((25, "warm"), (0, "cold"), (57, "warm")),
    # Below 25 and still warm: it is warm until it is below 20.
    12: ((21, "warm"), (0, "cold"), (49, "warm")),
    14: ((19, "cold"), (0, "cold"), (44, "warm")),
    20: ((34, "warm"), (0, "cold"), (33, "warm")),
    24: ((28, "warm"), (0, "cold"), (27, "warm")),
    28: ((23, "warm"), (0, "cold"), (22, "warm")),
    # 59.38 points of day 8 are 19.98 now: shown as 20, and below 20.
    30: ((21, "warm"), (0, "cold"), (20, "cold")),
    31: ((20, "cold"), (0, "cold"), (19, "cold")),
}


def on_day(day: int) -> dict[str, Result]:
    signals = [
        signal(kind, since * DAY, company=company, id=f"{company} {since} {kind}")
        for since, company, kind in MONTH
    ]
    by = seed()
    return {one.company: one for one in results(scores(signals, by, START + day * DAY), by)}


@pytest.mark.parametrize("day", EXPECTED)
def test_each_day_is_as_written(day: int) -> None:
    found = on_day(day)
    shown = tuple(
        (found[name].engagement, found[name].temperature) for name in ("alder", "birch", "cedar")
    )
    assert shown == EXPECTED[day]


def test_two_clients_read_the_same_signals_in_their_own_way() -> None:
    ours = usable(
        scoring(
            "{signal: quote_requested, points: 70}",
            "labels: {hot: SQL ready, mql: Marketing lead}\n"
            "qualifications: {mql: [{temperature: hot}]}",
        )
    )
    theirs = usable(
        scoring(
            "{signal: quote_requested, points: 30}",
            "labels: {warm: nurture}\nqualifications: {mql: [{engagement: 50}]}",
        )
    )
    signals = [signal("quote_requested", timedelta(0))]
    for by, temperature, label, met in (
        (ours, "hot", "SQL ready", ("mql",)),
        (theirs, "warm", "nurture", ()),
    ):
        (one,) = results(scores(signals, by, START), by)
        assert (one.temperature, by.labels[temperature], one.qualifications) == (
            temperature,
            label,
            met,
        )
