"""Create a SQLite store of generated companies, with facts on records of thirty lists and on
sites.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.qualify_facts import TODAY
from leads.codec import to_json
from leads.ids import new_id
from leads.store import campaigns, clients, profiles
from leads.store.migrate import open_store, upgrade
from leads.store.profiles import StoredIcp
from qualify.bulk.frames import Column, Frames, value_of
from qualify.profile.icp import Icp

#: Each list source is split into this many lists, each read at one time.
WAVES, CHUNK = 10, 20_000
_AGES = (3, 20, 45, 80, 120, 200, 300, 420, 560, 700)
_FACT = (
    "INSERT INTO fact (id, client_id, record_id, site, attribute, value, source, method,"
    " observed_at, quote, confidence, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0.8, 'company')"
)
_RECORD = (
    "INSERT INTO record (id, client_id, list_id, import_id, row, line, row_key, content_hash,"
    " match_key, name, raw, company_id, end_noticed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}',"
    " ?, 0)"
)
_COMPANY = (
    "INSERT INTO company (id, client_id, kind, name, reason, created_at) VALUES (?, ?,"
    " 'legal_entity', ?, '', ?)"
)


def company_id(number: int) -> UUID:
    """Return the id of a company by number."""
    return UUID(int=(0x0199_0000_0000 << 80) | (7 << 76) | (2 << 62) | (1 << 40) | number)


def _record_id(number: int, source: int) -> UUID:
    return UUID(int=(0x0199_0000_0001 << 80) | (7 << 76) | (2 << 62) | (source << 40) | number)


def make_store(file: Path, frames: Frames, icp: Icp, text: str) -> tuple[UUID, UUID]:
    """Create a store with these companies, and a campaign with the profile; return client and
    campaign.
    """
    upgrade(f"sqlite:///{file}")
    store = open_store(f"sqlite:///{file}")
    with store.write() as tx:
        client_id = clients.make_client(tx, "default").id
        campaign_id = campaigns.campaign_of(tx, client_id, "bench", make=True).id
        profiles.use_icp(
            tx,
            client_id,
            campaign_id,
            StoredIcp(new_id(), icp.name, icp.version, text),
            icp.content_hash,
        )
    store.close()
    with sqlite3.connect(file) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
            database.execute(f"PRAGMA {pragma}")
        later = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND"
            " tbl_name = 'fact'"
        ).fetchall()
        for name, _ in later:
            database.execute(f"DROP INDEX {name}")
        _Writer(database, client_id.hex).write(frames)
        for _, statement in later:
            database.execute(statement)
    database.execute("PRAGMA journal_mode=WAL")
    database.close()
    return client_id, campaign_id


class _Writer:
    def __init__(self, database: sqlite3.Connection, client: str) -> None:
        self.database, self.client, self.facts = database, client, 0
        self.lists = [(f"fair-{number}", new_id().hex, new_id().hex) for number in range(3 * WAVES)]
        for name, list_id, import_id in self.lists:
            database.execute(
                "INSERT INTO list (id, client_id, name, role, shareable, created_at) VALUES (?, ?,"
                " ?, 'prospects', 0, ?)",
                (list_id, client, name, _moment(0)),
            )
            database.execute(
                "INSERT INTO import (id, client_id, list_id, file_name, file_sha256, counts,"
                " columns, at) VALUES (?, ?, ?, ?, '', '{}', '{}', ?)",
                (import_id, client, list_id, f"{name}.csv", _moment(0)),
            )

    def write(self, frames: Frames) -> None:
        for first in range(0, frames.size, CHUNK):
            part = frames.part(first, min(first + CHUNK, frames.size))
            wave = min(first * WAVES // frames.size, WAVES - 1)
            numbers = range(first, first + part.size)
            made = (
                (company_id(number).hex, self.client, f"Company {number}", _moment(0))
                for number in numbers
            )
            self.database.executemany(_COMPANY, made)
            rows: list[tuple[Any, ...]] = [
                (0, number, 0, wave, "domain", f'"company-{number}.example"') for number in numbers
            ]
            rows += (
                row for column in part.columns.values() for row in self._facts(column, first, wave)
            )
            rows.sort(key=itemgetter(0, 1))
            named = dict.fromkeys((row[2], row[1]) for row in rows if row[2] is not None)
            self.database.executemany(
                _RECORD, (self._record(number, source, wave) for source, number in named)
            )
            self.database.executemany(_FACT, (self._row(*row[1:]) for row in rows))

    def _record(self, number: int, source: int, wave: int) -> tuple[Any, ...]:
        _, list_id, import_id = self.lists[source * WAVES + wave]
        record = _record_id(number, source).hex
        return (
            record,
            self.client,
            list_id,
            import_id,
            number,
            number,
            record,
            record,
            record,
            f"Company {number}",
            company_id(number).hex,
        )

    def _facts(self, column: Column, first: int, wave: int) -> Iterator[tuple[Any, ...]]:
        texts = [json.dumps(to_json(value_of(column, row))) for row in range(len(column.company))]
        # Lists do not state technologies that only a crawl can see.
        crawled = 0 if column.name == "technology" else 3
        for number, source, text in zip(
            column.company.tolist(), column.source.tolist(), texts, strict=True
        ):
            own = source in (crawled, 3)
            yield (
                3 if own else source,
                first + number,
                None if own else source,
                wave,
                column.name,
                text,
            )

    def _row(
        self, number: int, source: int | None, wave: int, name: str, text: str
    ) -> tuple[Any, ...]:
        self.facts += 1
        fact = UUID(int=(0x0199_0000_0002 << 80) | (7 << 76) | (2 << 62) | self.facts).hex
        if source is None:
            site = f"company-{number}.example"
            return fact, None, None, site, name, text, f"site:{site}", "page", _moment(number % 90)
        said = f"list:{self.lists[source * WAVES + wave][0]}"
        return (
            fact,
            self.client,
            _record_id(number, source).hex,
            None,
            name,
            text,
            said,
            "column",
            _moment(_AGES[(wave + source) % WAVES]),
        )


def _moment(days: int) -> str:
    return (datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(days=days)).strftime(
        "%Y-%m-%d %H:%M:%S.%f"
    )
