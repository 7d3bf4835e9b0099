"""Import one file into a list: read, store, and ask for what follows, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import intake.run
from intake.read_list import Reading, ReadOptions, open_reading
from intake.run import Imported
from leads.store import Tx, lists
from leads.store.lists import ListAbout
from workers.context import Context
from workers.pipeline import follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asks to be imported."""

    client_id: UUID
    path: str
    name: str
    about: ListAbout
    options: ReadOptions
    who: str


def open_list(tx: Tx, wish: Wish) -> Reading:
    """Open a file the way its header was understood before, unless the wish says otherwise."""
    return open_reading(
        wish.path,
        wish.options,
        source=f"list:{wish.name}",
        client_id=wish.client_id,
        remembered=lambda fingerprint: lists.remembered_columns(tx, wish.client_id, fingerprint),
    )


def run_import(tx: Tx, context: Context, wish: Wish) -> tuple[Imported, Reading]:
    """Import one file; a mapping the user gave is remembered for the next file with this header."""
    reading = open_list(tx, wish)
    imported, changes = intake.run.store_reading(tx, wish.client_id, wish.name, wish.about, reading, wish.who, context.progress)
    if wish.options.overrides:
        lists.remember_columns(tx, wish.client_id, reading.fingerprint, reading.columns)
    follow(tx, changes, context.trace_id)
    return imported, reading


def list_names(paths: Sequence[str]) -> list[str]:
    """A name for each file: its stem; with its folder where two files of one call have the same."""
    from pathlib import Path

    stems = [Path(path).stem if path != "-" else "stdin" for path in paths]
    return [
        f"{Path(path).resolve().parent.name}-{stem}" if stems.count(stem) > 1 else stem for path, stem in zip(paths, stems, strict=True)
    ]
