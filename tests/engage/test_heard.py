"""What the latest signals of a company say: a hand raised, a question, a contact."""

from uuid import UUID

import pytest

from engage.run.heard import Heard, heard
from engage.signals.kinds import catalogue
from engage.signals.table import TableBuilder
from tests.engage.made import DAY, START, signal

ONE = UUID("0192f0c1-4a7e-7d70-9c6e-2f4b8a1d3c55")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], Heard()),
        ([("email_opened", 0)], Heard()),
        ([("quote_requested", 0)], Heard(hand=START, asked=START)),
        (
            [("quote_requested", 3), ("quote_requested", 1)],
            Heard(hand=START + 3 * DAY, asked=START + 3 * DAY),
        ),
        ([("call_answered", 2)], Heard(contact=START + 2 * DAY)),
        ([("no_kind_at_all", 2)], Heard()),
    ],
)
def test_the_latest_signal_of_each_meaning_counts(
    given: list[tuple[str, int]], expected: Heard
) -> None:
    builder = TableBuilder()
    builder.name(str(ONE))
    for kind, days in given:
        builder.add(signal(kind, days * DAY, company=str(ONE)))
    found = heard(builder.table(), catalogue())[ONE]
    assert found == expected


def test_what_a_machine_caused_says_nothing() -> None:
    builder = TableBuilder()
    builder.add(signal("quote_requested", company=str(ONE), machine=True))
    assert heard(builder.table(), catalogue()) == {ONE: Heard()}
