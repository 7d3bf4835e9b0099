"""How a file was read, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from actions.reading_summary import ReadingSummary
from console.cli.column_lines import column_lines
from console.cli.output import counted, plain

#: What becomes of a personal column, by the contacts that the client keeps.
_DROPPED = {
    "none": "dropped: {}: personal data is not kept",
    "roles": "not in the record: {}: mailboxes and roles are kept as contacts, persons are not",
    "persons": "not in the record: {}: kept as contacts",
}


def reading_lines(reading: ReadingSummary) -> Iterator[str]:
    """Describe how a file was read, a line for each thing that its owner should know."""
    yield from column_lines(reading.columns)
    for one in reading.dropped:
        kind, cells = one.kind.replace("_", " "), counted(one.cells, "value")
        yield _DROPPED[reading.contacts].format(f"{plain(one.header)} ({kind}, {cells})")
    if reading.unknown:
        yield f"kept, not understood: {plain(reading.unknown)}"
    for some in reading.rejected:
        yield f"rejected, {counted(some.rows, 'row')}: {plain(some.reason)}"
    yield from map(plain, reading.notes)
