"""Fill a database with prospects of one campaign: records, facts, verdicts, keys and queue rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.bulk_load import Loader, bulk_load
from bench.outreach_names import company_name, domain, known, phone
from leads.codec import to_json
from leads.ids import new_id
from leads.lexicon.places.local_calendars import local_calendar
from leads.store import Store, campaigns, clients, profiles
from leads.store.migrate import upgrade
from leads.store.profiles import StoredIcp
from leads.values import Range
from outreach.place import FITS, fresh, rank
from outreach.run.contact_index import mark_of, stored_keys

SECRET = b"0123456789abcdef0123456789abcdef"
_TABLES = (
    "company",
    "record",
    "fact",
    "verdict",
    "queue_entry",
    "company_contact",
    "company_key",
)
_TODAY = datetime.now(UTC).date()
#: How an import was read: no column of it is shown.
_COLUMNS = '{"columns": []}'
_PROFILE = """icp: bench
version: 1
suspect:
  - employees: {at_least: 20}
"""
#: What each company has facts about, in this order.
_ATTRIBUTES: tuple[tuple[str, Callable[[int], Any]], ...] = (
    ("name", company_name),
    ("domain", domain),
    ("phone", phone),
    ("employees", lambda number: Range(20 + number % 400, 20 + number % 400)),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A campaign with prospects."""

    client_id: UUID
    campaign_id: UUID


def company_id(number: int) -> UUID:
    """The id of a company by its number."""
    return _id(0, number)


def entry_id(number: int) -> UUID:
    """The id of its row in the queue."""
    return _id(4, number)


def entry_of_company(company: UUID) -> UUID:
    """The id of the row of a company."""
    return UUID(int=company.int + (4 << 80))


def seed(url: str, prospects: int) -> Seeded:
    """Make every table of a new database, and fill those that a queue is made of."""
    upgrade(url)
    store = Store(url)
    profile_id = new_id()
    with store.write() as tx:
        client_id = clients.make_client(tx, clients.DEFAULT_CLIENT).id
        campaign_id = campaigns.campaign_of(tx, client_id, "main", make=True).id
        made = StoredIcp(profile_id, "bench", 1, _PROFILE)
        profiles.use_icp(tx, client_id, campaign_id, made, "bench")
    store.close()
    with bulk_load(url, _TABLES) as loader:
        _Seed(loader, client_id.hex, campaign_id.hex, profile_id.hex, prospects).fill()
    return Seeded(client_id, campaign_id)


@dataclass(frozen=True, slots=True)
class _Seed:
    loader: Loader
    client: str
    campaign: str
    profile: str
    count: int

    def fill(self) -> None:
        """Add the rows of every table."""
        list_id, import_id = new_id().hex, new_id().hex
        self.loader.put(
            "list",
            ("id", "client_id", "name", "role", "shareable", "created_at"),
            [(list_id, self.client, "fair", "prospects", False, _moment(0))],
        )
        self.loader.put(
            "import",
            ("id", "client_id", "list_id", "file_name", "file_sha256", "counts", "columns", "at"),
            [(import_id, self.client, list_id, "fair.csv", "", "{}", _COLUMNS, _moment(0))],
        )
        self._companies()
        self._records(list_id, import_id)
        self._facts()
        self._verdicts()
        self._queue()
        self._keys()

    def _companies(self) -> None:
        began = _moment(0)
        rows = (
            (company_id(number).hex, self.client, "legal_entity", company_name(number), "", began)
            for number in range(self.count)
        )
        columns: tuple[str, ...] = ("id", "client_id", "kind", "name", "reason", "created_at")
        self.loader.put("company", columns, rows)

    def _records(self, list_id: str, import_id: str) -> None:
        columns: tuple[str, ...] = (
            "id",
            "client_id",
            "list_id",
            "import_id",
            "row",
            "line",
            "row_key",
        )
        columns += ("content_hash", "match_key", "name", "raw", "company_id", "end_noticed")
        rows = (
            (
                record,
                self.client,
                list_id,
                import_id,
                number,
                number,
                record,
                record,
                record,
                company_name(number),
                "{}",
                company_id(number).hex,
                False,
            )
            for number in range(self.count)
            for record in [_id(1, number).hex]
        )
        self.loader.put("record", columns, rows)

    def _facts(self) -> None:
        columns: tuple[str, ...] = (
            "id",
            "client_id",
            "record_id",
            "attribute",
            "value",
            "source",
            "method",
        )
        columns += ("observed_at", "quote", "confidence", "scope")
        rows = (
            (
                _fact_id(number, place),
                self.client,
                _id(1, number).hex,
                attribute,
                json.dumps(to_json(made(number))),
                "list:fair",
                "column",
                _moment(_age(number)),
                "",
                0.8,
                "company",
            )
            for number in range(self.count)
            for place, (attribute, made) in enumerate(_ATTRIBUTES)
        )
        self.loader.put("fact", columns, rows)

    def _verdicts(self) -> None:
        columns: tuple[str, ...] = (
            "id",
            "client_id",
            "campaign_id",
            "company_id",
            "icp_version_id",
            "verdict",
        )
        columns += ("fit_stage", "score_worst", "score_best", "asks", "why_not", "answers")
        columns += ("decides", "waits_for", "fact_ids", "today", "versions", "decided_at")
        rows = (
            (
                _id(3, number).hex,
                self.client,
                self.campaign,
                company_id(number).hex,
                self.profile,
                "fit",
                "prospect",
                *_score(number),
                False,
                "",
                "[]",
                "[]",
                "[]",
                json.dumps([str(UUID(_fact_id(number, len(_ATTRIBUTES) - 1)))]),
                _TODAY.isoformat(),
                "{}",
                _moment(0),
            )
            for number in range(self.count)
        )
        self.loader.put("verdict", columns, rows)

    def _queue(self) -> None:
        # All numbers are of one city.
        found = local_calendar(None, "", "", [phone(0)])
        calendar = found.key if found else ""
        columns: tuple[str, ...] = (
            "id",
            "client_id",
            "campaign_id",
            "company_id",
            "state",
            "reason",
        )
        columns += ("score_worst", "score_best", "rank", "calendar", "fresh", "token", "attempts")
        rows = (
            (
                entry_id(number).hex,
                self.client,
                self.campaign,
                company_id(number).hex,
                "ready",
                FITS,
                *_score(number),
                rank(*_score(number)),
                calendar,
                fresh(_day(_age(number))),
                0,
                0,
                _moment(0),
            )
            for number in range(self.count)
        )
        self.loader.put("queue_entry", (*columns, "entered_at"), rows)

    def _keys(self) -> None:
        marks: list[tuple[str, str, str]] = []
        keys = ("company_id", "key_hash", "client_id", "form", "head", "tail")
        self.loader.put("company_key", keys, self._key_rows(marks))
        self.loader.put("company_contact", ("company_id", "client_id", "mark"), marks)

    def _key_rows(self, marks: list[tuple[str, str, str]]) -> Iterator[tuple[Any, ...]]:
        for number in range(self.count):
            what, one = known(number, company_id(number)), company_id(number).hex
            marks.append((one, self.client, mark_of(what, SECRET)))
            for key in dict.fromkeys(stored_keys(what, SECRET)):
                ends = (key.form[:3], key.form[-3:]) if key.form else (None, None)
                yield one, key.key_hash, self.client, key.form, *ends


def _id(table: int, number: int) -> UUID:
    return UUID(int=((0x0199_0000_0000 + table) << 80) | (7 << 76) | (2 << 62) | number)


def _fact_id(number: int, place: int) -> str:
    return _id(2, number * len(_ATTRIBUTES) + place).hex


def _score(number: int) -> tuple[int, int]:
    worst = number * 7919 % 101
    return worst, worst + (100 - worst) // 2


def _age(number: int) -> int:
    return number % 90


def _day(age: int) -> date:
    return _TODAY - timedelta(days=age)


def _moment(days: int) -> str:
    return datetime.combine(_day(days), datetime.min.time(), UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
