"""Signals of machines are found, those of people are kept."""

from datetime import timedelta

import pytest

from engage.signals.table import Signal
from tests.engage.made import START, scores, scoring, signal

BY = scoring("{signal: email_opened, points: 1}\n{signal: email_clicked, points: 5}")
MINUTE = timedelta(minutes=1)


def opens(count: int, apart: timedelta) -> list[Signal]:
    return [signal("opened", -number * apart) for number in range(count)]


def clicks(links: str, apart: timedelta) -> list[Signal]:
    return [
        signal("clicked", -number * apart, link=f"https://ours.example/{link}", id=str(number))
        for number, link in enumerate(links)
    ]


@pytest.mark.parametrize(
    ("signals", "machines"),
    [
        pytest.param(opens(10_000, timedelta(milliseconds=6)), 10_000, id="10,000 in a minute"),
        pytest.param(opens(3, timedelta(milliseconds=300)), 3, id="three in a second"),
        pytest.param(opens(2, timedelta(milliseconds=300)), 0, id="a click loads the pictures"),
        pytest.param(opens(29, 2 * timedelta(seconds=1)), 0, id="few in a minute"),
        pytest.param(opens(200, MINUTE), 0, id="many in hours"),
        pytest.param(clicks("abcd", timedelta(seconds=1.2)), 4, id="all links at once"),
        pytest.param(clicks("abca", timedelta(seconds=1.2)), 4, id="one of them twice"),
        pytest.param(clicks("aaaa", timedelta(seconds=1.2)), 0, id="one link again and again"),
        pytest.param(clicks("abcd", MINUTE), 0, id="link by link"),
        pytest.param([signal("clicked", agent="Mimecast scanner")], 1, id="a scanner"),
        pytest.param([signal("opened", agent="Mozilla/5.0")], 1, id="prefetch"),
        pytest.param(
            [signal("opened", agent="Mozilla/5.0 (Windows NT 5.1) via ggpht.com GoogleImageProxy")],
            0,
            id="a person behind an image proxy",
        ),
        pytest.param([signal("clicked", machine=True)], 1, id="as its source says"),
        pytest.param(
            [signal("clicked", agent="curl/8", machine=False)], 0, id="a person, says its source"
        ),
        pytest.param(
            [signal("quote_requested", agent="curl/8", id=str(one)) for one in range(40)],
            0,
            id="no machine asks for quotes",
        ),
    ],
)
def test_machines_are_told_from_people(signals: list[Signal], machines: int) -> None:
    found = scores(signals, BY, START)
    assert int(found.counted.machine.sum()) == machines
    assert (
        len(found.counted.entries.signal)
        == sum(one.kind in ("opened", "clicked") for one in signals) - machines
    )


def test_a_scanner_at_one_company_changes_no_other() -> None:
    flood = opens(500, timedelta(milliseconds=50))
    person = Signal(company="other.example", kind="opened", at=START, id="one")
    found = scores([*flood, person], BY, START)
    assert found.sums.tolist() == [0, 1_000_000]
