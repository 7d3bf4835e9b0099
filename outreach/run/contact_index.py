"""The stored contact keys of companies: kept up to date, and searched for a suppression's matches."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from leads.store import Tx, contact_keys
from leads.store.companies import ids_of
from leads.store.contact_keys import KeysOfMany, StoredKey
from leads.store.engine import chunks
from leads.store.suppressions import HashedKey
from outreach.keys import KnownAs, digest, keys_of
from outreach.run.known_as import Rows, known_as
from outreach.spellings import Spellings, comparable_form

#: Changed with every change of the keys: then all of them are stored again.
KEYS_VERSION = 1
#: Companies whose keys are stored at a time.
AT_ONCE = 2_000


def store_keys(
    tx: Tx,
    client_id: UUID,
    company_ids: Sequence[UUID],
    secret: bytes,
    read: Rows | None = None,
) -> None:
    """Store the contact keys of those companies that are known by something else than before.

    `read` are the rows of `known_as` that are read already.
    """
    for some in chunks(list(dict.fromkeys(company_ids)), AT_ONCE):
        known = known_as(tx, client_id, some, read)
        marks = {one: mark_of(what, secret) for one, what in known.items()}
        before = contact_keys.marks(tx, some)
        changed = [one for one in some if marks[one] != before[one]]
        keys = {one: stored_keys(known[one], secret) for one in changed}
        contact_keys.put(tx, client_id, keys, marks)


def store_missing_keys(tx: Tx, client_id: UUID, secret: bytes) -> None:
    """Store the keys of every company of a client that has none: for a count of all matches."""
    companies = ids_of(tx, client_id)
    stored = contact_keys.marks(tx, companies)
    store_keys(tx, client_id, [one for one in companies if stored[one] is None], secret)


def up_to_date_keys(tx: Tx, known: Mapping[UUID, KnownAs], secret: bytes) -> KeysOfMany:
    """The stored keys of those companies that are still known by what the keys were made of."""
    stored_marks = contact_keys.marks(tx, list(known))
    current = [one for one, what in known.items() if stored_marks[one] == mark_of(what, secret)]
    return contact_keys.of_many(tx, current)


def matches(
    tx: Tx, client_id: UUID | None, keys: Iterable[HashedKey], secret: bytes
) -> dict[UUID, set[UUID]]:
    """By client, the companies that a suppression with these keys matches; None: of every client."""
    wanted = list(keys)
    names = [one.key for one in wanted if one.kind == "company" and one.key is not None]
    exact = with_keys(tx, client_id, [one.key_hash for one in wanted], secret)
    spelled = with_spellings(tx, client_id, names)
    return {
        owner: exact.get(owner, set()) | spelled.get(owner, set()) for owner in {**exact, **spelled}
    }


def with_keys(
    tx: Tx, client_id: UUID | None, hashes: Iterable[str], secret: bytes
) -> dict[UUID, set[UUID]]:
    """By client, the companies that have one of these keys; None: of every client."""
    for owner, waiting in contact_keys.not_stored(tx, client_id).items():
        store_keys(tx, owner, waiting, secret)
    return _by_client(contact_keys.with_hashes(tx, client_id, hashes))


def with_spellings(tx: Tx, client_id: UUID | None, names: Iterable[str]) -> dict[UUID, set[UUID]]:
    """By client, the companies whose name is another spelling of one of these; None: of every
    client.
    """
    spellings = Spellings(names)
    owned = contact_keys.with_ends(tx, client_id, spellings.heads, spellings.tails)
    near = spellings.near_each(one.form for one in owned)
    return _by_client((one.client_id, one.company_id) for one in owned if one.form in near)


def _by_client(found: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    by_client: dict[UUID, set[UUID]] = {}
    for owner, company_id in found:
        by_client.setdefault(owner, set()).add(company_id)
    return by_client


def stored_keys(known: KnownAs, secret: bytes) -> list[StoredKey]:
    """The contact keys of a company as they are stored."""
    forms: dict[str, str] = {}
    for name in known.names:
        if form := comparable_form(name):
            forms[form] = form
    found = []
    for key in keys_of(known):
        form = forms.pop(key.form, None) if key.kind == "company" else None
        found.append(StoredKey(digest(key, secret), form))
    return found


def mark_of(known: KnownAs, secret: bytes) -> str:
    """A keyed hash of everything that the keys are made of."""
    text = f"{KEYS_VERSION}\n{known!r}"
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]
