"""Name the lines of a file of signals that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from actions.signal_scores import Flaw
from console.cli.output import counted, note, plain
from leads.errors import PartlyDoneError

#: How many lines are named.
_SHOWN = 20


def end_in_part(file: str, flaws: Sequence[Flaw]) -> None:
    """End with exit code 5 when lines could not be read."""
    if not flaws:
        return
    for flaw in flaws[:_SHOWN]:
        note(f"{file}:{flaw.line}: {plain(flaw.message)}")
    if len(flaws) > _SHOWN:
        note(
            f"and {counted(len(flaws) - _SHOWN, 'more line', 'more lines')}, to line {flaws[-1].line:,}"
        )
    raise PartlyDoneError(
        f"{counted(len(flaws), 'line')} of {file} could not be read",
        'write {"company": "acme.example", "kind": "quote_requested", "at":'
        ' "2026-11-20T10:00:00Z", "id": "1"}',
    )
