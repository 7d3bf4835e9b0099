"""Forget an e-mail address or a phone number: it goes everywhere, and its hash bars its return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from leads.changes import RecordsChanged
from leads.lexicon.emails import parse_email
from leads.store import Tx, consents, contacts, erasing, erasing_points, erasing_texts, events
from leads.store.erased_keys import REASON
from leads.store.erasing_texts import TextSearch
from leads.store.suppressions import HashedKey
from outreach.keys import Key, digest
from outreach.mentions import mentions_point, names_point
from outreach.run.forgetting import Forgotten, bar
from outreach.run.forgetting_persons import PagesOf, forget_person, is_full_name, person_key
from outreach.run.suppress import changes_of


def forget_point(
    tx: Tx, key: Key, text: str, persons: PagesOf, by: str, secret: bytes
) -> Forgotten:
    """Erase one address or number at every client, and the persons whose own address it is."""
    with_them = [forget_person(tx, name, some, by, secret) for name, some in persons.items()]
    stated = erasing_points.facts_with(tx, key.kind, key.form)
    of_rows = [one.record_id for one in stated if one.record_id]
    # Records are compared by their numbers, and not by their addresses.
    compared = erasing_points.indexes_of(tx, of_rows) if key.kind == "phone" else []
    rows = erasing_points.rows_of(tx, of_rows)
    blank = {one: _without(raw, key) for one, raw in rows.items()}
    changed = {one: raw for one, raw in blank.items() if raw != rows[one]}
    erasing_points.put_rows(tx, changed)
    as_text = tuple(sorted({key.form, text}))
    search = TextSearch(as_text, partial(mentions_point, points=as_text))
    made = HashedKey(key.kind, None, digest(key, secret))
    counts = Counter(
        {
            "rows with emptied cells": len(changed) + erasing_texts.rows_with(tx, search),
            "pages": erasing_points.pages_of_sites(
                tx, sorted({one.site for one in stated if one.site})
            ),
            "facts": erasing.of_facts(tx, [one.fact_id for one in stated])
            + erasing_texts.own_columns_with(tx, search),
            "contacts": contacts.erase_with(tx, key.form),
            "consents": consents.erase_at(tx, [key.form]),
            "notes and reasons": erasing_texts.mentions(tx, search),
            "webhook messages": erasing_texts.messages_with(tx, search),
            "suppression texts": erasing.of_suppressions(tx, [made.key_hash]),
        }
    )
    bar(tx, (made,), by)
    line = events.Happened(
        verb="erased", thing="contact point", thing_id=made.key_hash, who=by, reason=REASON
    )
    events.log(tx, [line])
    changes = [
        *map(RecordsChanged, compared),
        *changes_of(tx, None, None, [made], secret, ended=False),
    ]
    alone = Forgotten(counts, 1, (), changes, tuple(persons))
    return _together(alone, with_them)


def _together(point: Forgotten, with_it: Sequence[Forgotten]) -> Forgotten:
    """What went with an address or number, and with the persons whose address it is."""
    counts = Counter(point.counts)
    for one in with_it:
        counts.update(one.counts)
    left = {what: n for what, n in counts.items() if n}
    return replace(point, counts=left, hashes=point.hashes + len(with_it))


def persons_of(tx: Tx, key: Key) -> tuple[str, ...]:
    """The persons whose own address it is; the mailbox of a role and a number are many's."""
    address = parse_email(key.form) if key.kind == "email" else None
    if address is None or address.is_role:
        return ()
    named = {person_key(name): name for name in contacts.names_with(tx, key.form)}
    return tuple(name for name in named.values() if is_full_name(name))


def _without(raw: Mapping[str, Any], key: Key) -> dict[str, Any]:
    """The cells of a row without those that name the address or number."""
    return {name: "" if names_point(str(cell), key) else cell for name, cell in raw.items()}
