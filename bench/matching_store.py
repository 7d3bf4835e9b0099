"""A store with the records of one made list, and a second list of rows that it lacks."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.bulk_load import bulk_load
from bench.corrupt import COLUMNS, rows
from leads.ids import new_id
from leads.store import clients
from leads.store.migrate import open_store, upgrade

_TABLES = ("list", "import", "record", "fact")
_RECORD = (
    *("id", "client_id", "list_id", "import_id", "row", "line", "row_key", "content_hash"),
    *("match_key", "name", "raw", "end_noticed"),
)
_FACT = (
    *("id", "client_id", "record_id", "attribute", "value", "source", "method", "observed_at"),
    *("quote", "confidence", "scope"),
)
_STATED = ("country", "city", "postcode", "domain", "phone")
_MOMENT = datetime(2026, 1, 5, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def fill(url: str, size: int, second: int, folder: Path) -> UUID:
    """Store `size` records of a made list, and write `second` other rows of it to `second.csv`.

    Returns the client. The records are on no company yet.
    """
    upgrade(url)
    store = open_store(url)
    with store.write() as tx:
        client_id = clients.make_client(tx, "default").id
    store.close()
    made = list(rows(size + second, Path(os.environ["SLUICE_BENCH_DATA"]), 7))
    with (folder / "second.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS[2:])
        writer.writerows(row[2:] for row in made[size:])
    _load(url, client_id, made[:size])
    return client_id


def _load(url: str, client_id: UUID, made: Sequence[tuple[str, ...]]) -> None:
    is_sqlite = url.startswith("sqlite")

    def text(one: UUID) -> str:
        return one.hex if is_sqlite else str(one)

    list_id, import_id, client = text(new_id()), text(new_id()), text(client_id)
    ids = [text(new_id()) for _ in made]
    with bulk_load(url, _TABLES) as loader:
        loader.put(
            "list",
            ("id", "client_id", "name", "role", "shareable", "created_at"),
            [(list_id, client, "first", "prospects", False, _MOMENT)],
        )
        loader.put(
            "import",
            ("id", "client_id", "list_id", "file_name", "file_sha256", "counts", "columns", "at"),
            [(import_id, client, list_id, "first.csv", "", "{}", "{}", _MOMENT)],
        )
        loader.put(
            "record",
            _RECORD,
            (
                (one, client, list_id, import_id, at, at, one, one, one, row[2], "{}", False)
                for at, (one, row) in enumerate(zip(ids, made, strict=True))
            ),
        )
        loader.put(
            "fact",
            _FACT,
            (
                (
                    *(text(new_id()), client, one, name, value),
                    *("list:first", "column", _MOMENT, "", 0.8, "company"),
                )
                for one, row in zip(ids, made, strict=True)
                for name, value in _facts(row)
            ),
        )


def _facts(row: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, value in zip(COLUMNS[3:], row[3:], strict=True):
        if value and name in _STATED:
            yield name, json.dumps(value)
