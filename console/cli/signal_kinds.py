"""`sluice signal kinds`, and notes about words that name no kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from actions.signal_kinds import list_kinds, unknown_kinds
from console.cli.options import AsJson
from console.cli.output import emit_json, note, plain
from console.cli.tables import table


def kinds(as_json: AsJson = False) -> None:
    """List the kinds of signals.

    A scoring file gives points by kind, and may add kinds of its own.

    Example: sluice signal kinds
    """
    rows = [asdict(one) for one in list_kinds()]
    if as_json:
        emit_json(rows)
        return
    shown = [
        row | {name: "yes" if row[name] else "" for name in ("machine", "contact")} for row in rows
    ]
    columns = {
        "name": "KIND",
        "stage": "STAGE",
        "machine": "MACHINE",
        "contact": "CONTACT",
        "meaning": "MEANING",
    }
    table(shown, columns, empty="")


def note_unknown(words: Iterable[str]) -> None:
    """Say which words name no kind that comes with the product."""
    for word, near in unknown_kinds(words).items():
        note(f"there is no kind {plain(word)}{near}; it counts where a scoring file adds it")
