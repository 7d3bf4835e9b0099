"""Fill what the pages list besides the queue: leads, suppressions, contacts, pairs, events, visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from bench.bulk_load import bulk_load
from bench.outreach_seed import Seeded, company_id, record_id
from leads.ids import floor_of
from leads.store import Store, logins, users

_TABLES = ("lead", "suppression", "contact", "review_pair", "event", "crawl")
_NOW = datetime.now(UTC)
_STAGES = ("unqualified", "nurture", "mql", "sql", "opportunity", "customer")
_DOING = ("paused", "resumed", "requeued", "discarded")
_OUTCOMES = ("ok", "ok", "ok", "timeout", "robots_denied")


@dataclass(frozen=True, slots=True)
class Person:
    """A user who is logged in."""

    name: str
    cookie: str
    form_key: str


def log_in(url: str, names: Sequence[str], role: str, clients: Sequence[UUID]) -> list[Person]:
    """Add users who are logged in; a password for each would take a second."""
    store, found = Store(url), []
    with store.write() as tx:
        for name in names:
            user = users.add(tx, name, role, clients)
            made = Person(name, f"cookie-of-{name}".replace(" ", "-"), f"key-of-{user.id.hex}")
            digest = sha256(made.cookie.encode()).hexdigest()
            logins.begin(tx, digest, user.id, made.form_key, "bench")
            found.append(made)
    store.close()
    return found


def fill_tables(url: str, made: Seeded, rows: int) -> None:
    """Add so many rows to each table that a page lists, about the companies that are there."""
    client, campaign = made.client_id.hex, made.campaign_id.hex
    with bulk_load(url, _TABLES) as loader:
        loader.put("lead", _LEAD, (_lead(n, client, campaign) for n in range(rows)))
        loader.put("suppression", _SUPPRESSION, (_suppression(n, client) for n in range(rows)))
        loader.put("contact", _CONTACT, (_contact(n, client) for n in range(rows)))
        pairs = (_pair(n, client) for n in range(0, rows - 1, 2))
        loader.put("review_pair", _PAIR, pairs)
        loader.put("event", _EVENT, (_event(n, client) for n in range(rows)))
        loader.put("crawl", _CRAWL, (_visit(n, rows) for n in range(rows)))


_LEAD: tuple[str, ...] = ("campaign_id", "company_id", "client_id", "stage", "since")
_LEAD += ("next_touch_at", "next_touch", "entered_at")


def _lead(number: int, client: str, campaign: str) -> tuple[Any, ...]:
    # A tenth is due; the others' time comes later.
    touch = _at(minutes=number % 1_000_000 - 100_000)
    stage = _STAGES[number % len(_STAGES)]
    whose = (campaign, company_id(number).hex, client)
    return (*whose, stage, _at(), touch, "call", _at())


_SUPPRESSION: tuple[str, ...] = (
    "id",
    "client_id",
    "level",
    "kind",
    "key",
    "key_hash",
    "subject",
    "request_id",
)
_SUPPRESSION += ("reason", "by", "at")


def _suppression(number: int, client: str) -> tuple[Any, ...]:
    domain, one = f"never-{number}.example", _id(8, number).hex
    level = "client" if number % 2 else "agency"
    owner = client if level == "client" else None
    # Not of anybody in the queue, and not found by its hash: the table alone is timed.
    named = (domain, f"{number:064x}", domain, one)
    return (one, owner, level, "domain", *named, "asked for it", "bench", _at())


_CONTACT: tuple[str, ...] = (
    "id",
    "client_id",
    "record_id",
    "kind",
    "role",
    "name",
    "email",
    "source",
    "basis",
)
_CONTACT += ("notice_due_at", "created_at")


def _contact(number: int, client: str) -> tuple[Any, ...]:
    who = (f"Sam Person {number}", f"sam.{number}@never-{number}.example")
    due = _at(minutes=number % 43_200)
    mine = (_id(9, number).hex, client, record_id(number).hex)
    return (*mine, "person", "buyer", *who, "list:fair", "legitimate interest", due, _at())


_PAIR: tuple[str, ...] = ("id", "client_id", "left_id", "right_id", "kind", "together", "odds")
_PAIR += ("reasons_for", "reasons_against", "found_at")


def _pair(number: int, client: str) -> tuple[Any, ...]:
    both = (record_id(number).hex, record_id(number + 1).hex)
    odds = (number * 7919 % 10_007) / 5_000 - 1
    reasons = ('["same phone"]', '["other street"]')
    return (_id(10, number).hex, client, *both, "near the threshold", False, odds, *reasons, _at())


_EVENT: tuple[str, ...] = (
    "id",
    "at",
    "who",
    "client_id",
    "verb",
    "thing",
    "thing_id",
    "reason",
    "data",
    "trace_id",
)


def _event(number: int, client: str) -> tuple[Any, ...]:
    # Half are decisions about the background work, half are what users did.
    doing = _DOING[number // 2 % len(_DOING)]
    what = (doing, "queue", "crawl") if number % 2 else ("noted", "company", _id(0, number).hex)
    return (_id(11, number).hex, _at(), "bench", client, *what, "a reason", '{"tasks": 3}', "")


_CRAWL: tuple[str, ...] = (
    "id",
    "site",
    "outcome",
    "reason",
    "pages",
    "bytes",
    "robots",
    "started_at",
    "seconds",
)


def _visit(number: int, rows: int) -> tuple[Any, ...]:
    # All of the last day, which the page counts.
    at = _NOW - timedelta(seconds=86_000 * (rows - number) / rows)
    outcome = _OUTCOMES[number % len(_OUTCOMES)]
    one = UUID(int=floor_of(at).int | number).hex
    about = (f"never-{number}.example", outcome, "")
    return (one, *about, 3, 30_000, "allowed", _text(at), number * 7919 % 10_007 / 1_000)


def _id(table: int, number: int) -> UUID:
    return UUID(int=((0x0199_0000_0000 + table) << 80) | (7 << 76) | (2 << 62) | number)


def _at(minutes: int = 0) -> str:
    return _text(_NOW + timedelta(minutes=minutes))


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")
