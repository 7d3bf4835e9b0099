"""`sluice queue stats --grid`: the nine cells of fit and engagement."""

from __future__ import annotations

from typing import Any

from actions.queue_grid import Grid, GridCell
from console.cli.output import counted, emit_json, note
from console.cli.tables import table

_COLUMNS = {
    "cell": "CELL",
    "waiting": "WAITING",
    "worked": "WORKED",
    "leads": "LEADS",
    "share": "CONVERSION",
    "range": "95%",
}


def show_grid(found: Grid, *, as_json: bool) -> None:
    """Print each cell with what came of the work in it."""
    if as_json:
        emit_json([_cell_json(one) for one in found.cells])
        return
    rows = [_row(one) for one in found.cells]
    table(rows, _COLUMNS, empty="")
    note("1 is hot, 2 warm, 3 cold; the letter is the fit. A company counts where it was worked.")
    if found.worked_before:
        number = counted(found.worked_before, "company", "companies")
        note(f"{number} worked before signals were scored: in no cell")


def _cell_json(one: GridCell) -> dict[str, Any]:
    share = one.conversion
    return {
        "cell": one.cell,
        "waiting": one.waiting,
        "worked": one.worked,
        "leads": one.leads,
        "conversion": share.value,
        "low": share.low,
        "high": share.high,
    }


def _row(one: GridCell) -> dict[str, Any]:
    share = one.conversion
    counts = {"cell": one.cell, "waiting": one.waiting, "worked": one.worked, "leads": one.leads}
    return counts | {"share": str(share) if one.worked else "", "range": share.range}
