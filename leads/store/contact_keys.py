"""The contact keys of companies: stored as hashes, looked up from a suppression's hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select

from leads.store import driver
from leads.store.among import as_text, id_as_text, is_id_among
from leads.store.bound import COMPANIES
from leads.store.engine import Tx, chunks
from leads.store.many_rows import insert_many, insert_or_update_many
from leads.store.schema import company, company_contact, company_key

#: Keys stored, or asked for, with one statement.
MOST = 2_000
#: Companies whose keys are read with one statement.
MOST_IDS = 10_000
_MARKS = select(company_contact.c.company_id, company_contact.c.mark).where(
    company_contact.c.company_id.in_(COMPANIES)
)
_MERGED = select(company.c.id, company.c.merged_into).where(company.c.merged_into.in_(COMPANIES))


@dataclass(frozen=True, slots=True)
class StoredKey:
    """One contact key of a company; `form` is set for a name that is compared by its spelling."""

    key_hash: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class OwnedForm:
    """A long name of a company, in its normal form."""

    client_id: UUID
    company_id: UUID
    form: str


def marks(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """What the stored keys of each company were made of; None when they are not stored yet."""
    found: dict[UUID, str | None] = dict.fromkeys(company_ids)
    for some in chunks(list(company_ids)):
        found.update(driver.pairs(tx, _MARKS, {"of_companies": some}))
    return found


def merged_into(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The companies that were merged into one of these, each with it."""
    found: dict[UUID, UUID] = {}
    for some in chunks(list(company_ids)):
        found.update(driver.pairs(tx, _MERGED, {"of_companies": some}))
    return found


def put(
    tx: Tx,
    client_id: UUID,
    keys: Mapping[UUID, Sequence[StoredKey]],
    new_marks: Mapping[UUID, str],
) -> None:
    """Replace the stored keys of companies."""
    # In one order everywhere: two workers that store keys of the same companies wait for each
    # other here and do not block each other.
    ordered = sorted(keys)
    for some in chunks(ordered, MOST):
        _put_marks(tx, client_id, {one: new_marks[one] for one in some})
        tx.execute(delete(company_key).where(company_key.c.company_id.in_(some)))
    rows = [_row(one, key) for one in ordered for key in _once_each(keys[one])]
    insert_many(tx, company_key, {"client_id": client_id}, rows)


def _put_marks(tx: Tx, client_id: UUID, new_marks: Mapping[UUID, str]) -> None:
    rows = [{"company_id": one, "mark": mark} for one, mark in new_marks.items()]
    insert_or_update_many(tx, company_contact, {"client_id": client_id}, rows, "company_id")


def _once_each(keys: Iterable[StoredKey]) -> list[StoredKey]:
    """The first key with each hash."""
    found: dict[str, StoredKey] = {}
    for one in keys:
        found.setdefault(one.key_hash, one)
    return list(found.values())


def _row(company_id: UUID, key: StoredKey) -> dict[str, Any]:
    return {
        "company_id": company_id,
        "key_hash": key.key_hash,
        "form": key.form,
        "head": key.form[:3] if key.form else None,
        "tail": key.form[-3:] if key.form else None,
    }


def of_companies(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, list[StoredKey]]:
    """The stored keys of companies."""
    found: dict[UUID, list[StoredKey]] = {one: [] for one in company_ids}
    by_text = {id_as_text(tx, one): some for one, some in found.items()}
    for some in chunks(list(company_ids)):
        company_id = as_text(company_key.c.company_id)
        wanted = select(company_id, company_key.c.key_hash, company_key.c.form)
        rows = tx.execute(wanted.where(company_key.c.company_id.in_(some))).all()
        for text, key_hash, form in rows:
            by_text[text].append(StoredKey(key_hash, form))
    return found


@dataclass(frozen=True, slots=True)
class KeysOfMany:
    """The stored keys of many companies, without a value for each."""

    hashes: dict[UUID, list[str]]
    #: The names that are compared by their spelling.
    forms: dict[UUID, list[str]]


def of_many(tx: Tx, company_ids: Sequence[UUID]) -> KeysOfMany:
    """The stored keys of companies, for a look at each hash and each name."""
    # By text throughout: to look up an id takes longer, and each company has several keys.
    texts = [id_as_text(tx, one) for one in company_ids]
    hashes: dict[str, list[str]] = {text: [] for text in texts}
    forms: dict[str, list[str]] = {text: [] for text in texts}
    company_id = as_text(company_key.c.company_id)
    wanted = select(company_id, company_key.c.key_hash, company_key.c.form)
    for some in chunks(list(company_ids), MOST_IDS):
        rows = tx.execute(wanted.where(is_id_among(tx, company_key.c.company_id, some))).all()
        for text, key_hash, form in rows:
            hashes[text].append(key_hash)
            if form:
                forms[text].append(form)
    return KeysOfMany(
        dict(zip(company_ids, map(hashes.__getitem__, texts), strict=True)),
        dict(zip(company_ids, map(forms.__getitem__, texts), strict=True)),
    )


def not_stored(tx: Tx, client_id: UUID | None) -> dict[UUID, list[UUID]]:
    """By client, the companies from before keys were stored; None: of every client."""
    wanted = select(company_contact.c.client_id, company_contact.c.company_id).where(
        company_contact.c.mark.is_(None)
    )
    if client_id is not None:
        wanted = wanted.where(company_contact.c.client_id == client_id)
    found: dict[UUID, list[UUID]] = {}
    for row in tx.execute(wanted):
        found.setdefault(row.client_id, []).append(row.company_id)
    return found


def without_keys(tx: Tx, client_id: UUID | None, limit: int) -> list[tuple[UUID, UUID]]:
    """Client and company ids of live companies whose keys were never stored; None: of every client."""
    wanted = (
        select(company.c.client_id, company.c.id)
        .outerjoin(company_contact, company_contact.c.company_id == company.c.id)
        .where(
            company_contact.c.mark.is_(None),
            company.c.merged_into.is_(None),
            company.c.gone_at.is_(None),
        )
        .order_by(company.c.client_id, company.c.id)
        .limit(limit)
    )
    if client_id is not None:
        wanted = wanted.where(company.c.client_id == client_id)
    return [(row.client_id, row.id) for row in tx.execute(wanted)]


def with_hashes(tx: Tx, client_id: UUID | None, hashes: Iterable[str]) -> set[tuple[UUID, UUID]]:
    """Client and company ids of the live companies that have one of these keys; None: of every
    client.
    """
    found: set[tuple[UUID, UUID]] = set()
    for some in chunks(sorted(set(hashes)), MOST):
        wanted = live_keys(client_id, company_key.c.key_hash.in_(some))
        found.update((row.client_id, row.company_id) for row in tx.execute(wanted))
    return found


def with_ends(
    tx: Tx, client_id: UUID | None, heads: Iterable[str], tails: Iterable[str]
) -> list[OwnedForm]:
    """The long names of live companies that begin or end with one of these letters."""
    first, last = sorted(set(heads)), sorted(set(tails))
    ends = or_(company_key.c.head.in_(first), company_key.c.tail.in_(last))
    if len(first) + len(last) > MOST:
        # That many ends are nearly all there are.
        ends = company_key.c.form.is_not(None)
    rows = tx.execute(live_keys(client_id, ends))
    return [OwnedForm(row.client_id, row.company_id, row.form) for row in rows]


def live_keys(client_id: UUID | None, which: ColumnElement[bool]) -> Any:
    """A SELECT of those contact keys of live companies; None: of every client."""
    wanted = (
        select(company_key.c.client_id, company_key.c.company_id, company_key.c.form)
        .join(company, company.c.id == company_key.c.company_id)
        .where(which, company.c.merged_into.is_(None), company.c.gone_at.is_(None))
    )
    return wanted if client_id is None else wanted.where(company_key.c.client_id == client_id)
