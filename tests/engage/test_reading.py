"""Signals are read many lines at a time, with the same result as line by line."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.signals import blocks
from engage.signals.lines import LineError, read_line
from engage.signals.table import Signal, SignalTable, TableBuilder

TEXT = st.sampled_from(["", " ", "acme.example", " Acme ", "é", "\ud800", "\x00", "x" * 501])
ROWS = st.fixed_dictionaries(
    {
        "company": st.sampled_from(["acme.example", "b.example", " b.example", "Ünal"]) | TEXT,
        "kind": st.sampled_from(["opened", "Email Opened", "quote_requested", "!", ""]),
        "at": st.sampled_from(
            [
                "2026-11-02T10:00:00Z",
                "2026-11-02T10:00:00+00:00",
                "2026-11-02T10:00:00.25Z",
                "2026-11-02T10:00:00",
                "2026-11-02",
                "2026-02-30T10:00:00Z",
                "1999-11-02T10:00:00Z",
                "2026-11-02 10:00:00Z",
                "soon",
            ]
        ),
        "id": st.sampled_from(["1", "2", 3, 4, True, None, ""]),
    },
    optional={
        "contact": TEXT,
        "channel": st.sampled_from(["email", "", None]),
        "value": st.sampled_from([1, 2.5, -1, "x", None]),
        "machine": st.sampled_from([True, False, None, "no"]),
        "other": st.just([1]),
    },
)
GOOD = st.builds(
    lambda kind, number: {
        "company": "acme.example",
        "kind": kind,
        "at": "2026-11-02T10:00:00Z",
        "id": number,
    },
    st.sampled_from(["opened", "won"]),
    st.integers(1, 9),
)
LINES = st.lists(
    ROWS.map(json.dumps) | GOOD.map(json.dumps) | st.sampled_from(["", "{}", "[1]", "{", "1, 2"])
)


def moment(local: datetime) -> datetime:
    return local.replace(tzinfo=UTC)


def shown(table: SignalTable) -> list[tuple[object, ...]]:
    """The signals of a table as they were given."""
    return [
        (
            table.companies[table.company[place]],
            table.kinds[table.kind[place]],
            table.contacts[table.contact[place]],
            table.channels[table.channel[place]],
            table.ids[place],
            *(int(column[place]) for column in (table.at, table.value, table.machine)),
        )
        for place in range(len(table))
    ]


def one_by_one(lines: list[bytes]) -> tuple[SignalTable, list[tuple[int, str]]]:
    builder, flaws = TableBuilder(), []
    for number, line in enumerate(lines, 1):
        try:
            found: Signal | None = read_line(line, moment) if line.strip() else None
        except LineError as error:
            flaws.append((number, str(error)))
        else:
            if found:
                builder.add(found)
    return builder.table(), flaws


@given(LINES, st.integers(1, 4))
def test_blocks_of_lines_read_as_single_lines_do(lines: list[str], size: int) -> None:
    encoded = [line.encode() + b"\n" for line in lines]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_BLOCK", size)
        builder = TableBuilder()
        flaws = blocks.read_signals(encoded, moment, builder)
    expected, told = one_by_one(encoded)
    assert shown(builder.table()) == shown(expected)
    assert [(one.line, one.message) for one in flaws] == told


def test_an_object_of_two_lines_is_none() -> None:
    whole = json.dumps(
        {"company": "a.example", "kind": "quote_requested", "at": "2026-11-02T10:00:00Z", "id": "2"}
    )
    cut = json.dumps(
        {"company": "b.example", "kind": "quote_requested", "at": "2026-11-02T10:00:00Z"}
    )[:-1]
    lines = [cut.encode(), b'"id": "1"},' + whole.encode()]
    builder = TableBuilder()
    flaws = blocks.read_signals(lines, moment, builder)
    assert [one.line for one in flaws] == [1, 2]
    assert shown(builder.table()) == []
