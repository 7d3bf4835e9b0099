"""The key index of a client's records, in packed parts, and the keys of the records since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, insert, select, text

from leads.clock import now
from leads.ids import new_id
from leads.store import clients, driver, match_models
from leads.store.among import as_number_list, is_listed
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many
from leads.store.schema import client, match_base, match_key, match_part, record

#: The kinds of parts: keys with the companies that have them, and the records of companies.
KEYS, ROWS = "keys", "rows"
#: An empty part that is there as long as a full comparison that will have an index may go on.
_BEGUN = "begun"
#: Companies whose records are one part.
COMPANIES_A_PART = 256
#: Parts that one statement reads.
_PARTS_AT_ONCE = 1_000

#: The ids of a client's records by a partial index, with the conditions as the index has them.
_OF_INDEX = {
    "record_unplaced": "SELECT id FROM record WHERE client_id = :of_client"
    " AND company_id IS NULL AND ended_at IS NULL",
    "record_unnoticed": "SELECT company_id AS id FROM record WHERE client_id = :of_client"
    " AND ended_at IS NOT NULL AND NOT end_noticed",
}

_HEAD = select(
    match_base.c.version, match_base.c.rests_on, match_base.c.records, match_base.c.bits
).where(match_base.c.client_id == bindparam("of_client"))
_PARTS = {
    database: select(match_part.c.at, match_part.c.body).where(
        match_part.c.client_id == bindparam("of_client"),
        match_part.c.version == bindparam("of_version"),
        match_part.c.kind == bindparam("of_kind"),
        is_listed(database, match_part.c.at, "places"),
    )
    for database in ("sqlite", "postgresql")
}
_ANY_FRESH = select(match_key.c.key).where(match_key.c.client_id == bindparam("of_client")).limit(1)


@dataclass(frozen=True, slots=True)
class BaseHead:
    """What a full comparison rests on, and where its parts are."""

    version: UUID
    #: Decisions, strictness and model: another comparison is needed when they change.
    rests_on: Sequence[str]
    records: int
    #: How many bits of a key tell its part.
    bits: int


@dataclass(frozen=True, slots=True)
class FreshKey:
    """A key of a record that came after the full comparison."""

    key: int
    record_id: UUID
    face: int


@dataclass(frozen=True, slots=True)
class Pending:
    """The records that wait for a comparison: without a company or keys, or ended and not noticed."""

    unplaced: tuple[UUID, ...]
    #: The companies of the ended ones.
    left: tuple[UUID, ...]


def head(tx: Tx, client_id: UUID) -> BaseHead | None:
    """The last full comparison; None when there is none to go by."""
    row = driver.first(tx, _HEAD, {"of_client": client_id})
    return BaseHead(*row) if row else None


def read_ahead(tx: Tx, client_id: UUID) -> None:
    """Ask a server at once for all that the comparison of a row rests on."""
    every = (_HEAD, _ANY_FRESH, clients.STRICTNESS, match_models.IN_FORCE)
    driver.read_ahead(tx, every, {"of_client": client_id})


def corpus(tx: Tx, client_id: UUID) -> bytes:
    """How often words and values occur, packed."""
    wanted = select(match_base.c.corpus).where(match_base.c.client_id == client_id)
    return bytes(tx.execute(wanted).scalar_one())


def pending(tx: Tx, client_id: UUID, version: UUID) -> Pending:
    """The records that wait for a comparison, and later ones that the index lacks.

    Records and their keys are stored together; a record without keys means that the index was
    damaged, and it is made up for.
    """
    mine = (record.c.client_id == client_id, record.c.ended_at.is_(None))
    has_key = exists().where(match_key.c.record_id == record.c.id)
    lacking = select(record.c.id).where(
        *mine, record.c.id > version, record.c.company_id.is_not(None), ~has_key
    )
    unplaced = _by_index(tx, client_id, "record_unplaced")
    left = _by_index(tx, client_id, "record_unnoticed")
    return Pending(
        tuple(sorted({*filter(None, unplaced), *tx.execute(lacking).scalars()})),
        tuple(sorted(filter(None, {*left}))),
    )


def _by_index(tx: Tx, client_id: UUID, index: str) -> Iterable[UUID | None]:
    """The ids that a statement finds by a partial index, which SQLite would not always take.

    Right after a large import all records are in the index, and later hardly one is.
    """
    of_index = _OF_INDEX[index]
    by = f"record INDEXED BY {index}" if tx.dialect.name == "sqlite" else "record"
    wanted = text(of_index.replace("record", by)).columns(record.c.id)
    of_client = bindparam("of_client", type_=record.c.client_id.type)
    return tx.execute(wanted.bindparams(of_client), {"of_client": client_id}).scalars()


def begin(tx: Tx, client_id: UUID) -> UUID:
    """Note that a full comparison begins, before it reads anything; the id of the note.

    Who erases what it may have read by then drops the note.
    """
    hold(tx, client_id)
    note = new_id()
    put_parts(tx, client_id, note, _BEGUN, [(0, b"")])
    return note


def may_go_on(tx: Tx, client_id: UUID, note: UUID) -> bool:
    """Whether nothing was erased of what a full comparison read, so that its index may count.

    Nothing is erased either until the transaction ends.
    """
    hold(tx, client_id)
    mine = (match_part.c.client_id == client_id, match_part.c.version == note)
    return bool(tx.execute(select(exists().where(*mine, match_part.c.kind == _BEGUN))).scalar())


def drop(tx: Tx, client_id: UUID) -> None:
    """Forget the full comparison, and the one that goes on: the next one looks at all records."""
    for table in (match_base, match_key, match_part):
        tx.execute(delete(table).where(table.c.client_id == client_id))


def hold(tx: Tx, client_id: UUID) -> None:
    """Make others that let an index count, revive records or erase some wait until the end."""
    mine = select(client.c.id).where(client.c.id == client_id)
    tx.execute(mine.with_for_update(key_share=True))


def drop_head(tx: Tx, client_id: UUID) -> None:
    """Let no index count while a full comparison is written; `put_head` ends that."""
    tx.execute(delete(match_base).where(match_base.c.client_id == client_id))


def put_parts(
    tx: Tx, client_id: UUID, version: UUID, kind: str, parts: Iterable[tuple[int, bytes]]
) -> None:
    """Store parts of a new index, which counts from `put_head` on."""
    shared = {"client_id": client_id, "version": version, "kind": kind}
    for some in chunks([{**shared, "at": at, "body": body} for at, body in parts]):
        tx.execute(insert(match_part), some)


def put_head(tx: Tx, client_id: UUID, new: BaseHead, packed_corpus: bytes) -> None:
    """Let a new index count; the one before and the keys since go."""
    tx.execute(delete(match_base).where(match_base.c.client_id == client_id))
    tx.execute(delete(match_key).where(match_key.c.client_id == client_id))
    tx.execute(
        delete(match_part).where(
            match_part.c.client_id == client_id, match_part.c.version != new.version
        )
    )
    values = {
        "client_id": client_id,
        "version": new.version,
        "rests_on": list(new.rests_on),
        "records": new.records,
        "bits": new.bits,
        "corpus": packed_corpus,
        "at": now(),
    }
    tx.execute(insert(match_base).values(values))


def parts(
    tx: Tx, client_id: UUID, version: UUID, kind: str, places: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    """Some parts of the index, by their places."""
    database = tx.dialect.name
    given = {"of_client": client_id, "of_version": version, "of_kind": kind}
    for some in chunks(sorted(places), _PARTS_AT_ONCE):
        given["places"] = as_number_list(database, some)
        yield from ((at, bytes(body)) for at, body in driver.run(tx, _PARTS[database], given))


def add_keys(tx: Tx, client_id: UUID, keys: Sequence[FreshKey]) -> None:
    """Store the keys of records that came after the full comparison."""
    records = list(dict.fromkeys(one.record_id for one in keys))
    for some in chunks(records):
        tx.execute(delete(match_key).where(match_key.c.record_id.in_(some)))
    # In the order of the primary key, so that a page is written once.
    rows = [
        {"key": one.key, "record_id": one.record_id, "face": one.face}
        for one in sorted(keys, key=attrgetter("key"))
    ]
    insert_many(tx, match_key, {"client_id": client_id}, rows)


def fresh_with(tx: Tx, client_id: UUID, keys: Collection[int]) -> Iterator[FreshKey]:
    """The records since the full comparison that have one of the keys and count."""
    for some in chunks(sorted(keys)):
        wanted = (
            select(match_key.c.key, match_key.c.record_id, match_key.c.face)
            .join(record, record.c.id == match_key.c.record_id)
            .where(
                match_key.c.client_id == client_id,
                match_key.c.key.in_(some),
                record.c.ended_at.is_(None),
            )
        )
        yield from (FreshKey(*row) for row in tx.execute(wanted))


def has_fresh(tx: Tx, client_id: UUID) -> bool:
    """Whether any record came after the full comparison and was compared."""
    return driver.first(tx, _ANY_FRESH, {"of_client": client_id}) is not None


def fresh_records(tx: Tx, client_id: UUID) -> int:
    """How many records came after the full comparison and were compared."""
    wanted = select(func.count(func.distinct(match_key.c.record_id)))
    return int(tx.execute(wanted.where(match_key.c.client_id == client_id)).scalar() or 0)


def has_more_records(tx: Tx, client_id: UUID, than: int) -> bool:
    """Whether a client has more live records than a number."""
    wanted = select(record.c.id).where(record.c.client_id == client_id, record.c.ended_at.is_(None))
    return tx.execute(wanted.offset(than).limit(1)).first() is not None


def on_companies(tx: Tx, company_ids: Collection[UUID]) -> list[UUID]:
    """The live records of some companies."""
    found: list[UUID] = []
    for some in chunks(sorted(company_ids)):
        wanted = select(record.c.id).where(
            record.c.company_id.in_(some), record.c.ended_at.is_(None)
        )
        found += tx.execute(wanted).scalars()
    return found


def companies_of_records(tx: Tx, record_ids: Collection[UUID]) -> set[UUID]:
    """The companies that some records are on."""
    found: set[UUID] = set()
    for some in chunks(sorted(record_ids)):
        wanted = select(record.c.company_id).where(
            record.c.id.in_(some), record.c.company_id.is_not(None)
        )
        found.update(one for one in tx.execute(wanted.distinct()).scalars() if one)
    return found


def live_among(tx: Tx, record_ids: Collection[UUID]) -> set[UUID]:
    """Those of the records that count."""
    found: set[UUID] = set()
    for some in chunks(sorted(record_ids)):
        wanted = select(record.c.id).where(record.c.id.in_(some), record.c.ended_at.is_(None))
        found.update(tx.execute(wanted).scalars())
    return found
