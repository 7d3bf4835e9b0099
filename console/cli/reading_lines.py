"""How a file was read, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from actions.reading_summary import ReadingSummary
from console.cli.column_lines import column_lines
from console.cli.output import counted, plain


def reading_lines(reading: ReadingSummary) -> Iterator[str]:
    """Describe how a file was read, a line for each thing that its owner should know."""
    yield from column_lines(reading.columns)
    for one in reading.dropped:
        yield (
            f"dropped: {plain(one.header)} ({one.kind.replace('_', ' ')},"
            f" {counted(one.cells, 'value')}): personal data is not kept"
        )
    if reading.unknown:
        yield f"kept, not understood: {plain(reading.unknown)}"
    for some in reading.rejected:
        yield f"rejected, {counted(some.rows, 'row')}: {plain(some.reason)}"
    yield from map(plain, reading.notes)
