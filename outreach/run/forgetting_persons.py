"""Forget a person by name: contacts, mentions and pages go, and a hash bars the return."""

from __future__ import annotations

from collections import Counter

from leads.errors import UsageError
from leads.store import Tx, contacts, erasing_names, events
from leads.store.erased_keys import REASON
from leads.store.suppressions import HashedKey
from outreach.keys import Key, digest
from outreach.people import comparable
from outreach.run.forgetting import Forgotten, bar

#: Letters of a name that is safe to look for in texts.
_FEWEST = 5


def person_key(name: str) -> Key:
    """The key of a person's name, in whatever order it is written."""
    return Key("person", comparable(name))


def forget_person(tx: Tx, name: str, by: str, secret: bytes) -> Forgotten:
    """Erase a person at every client; UsageError for a name that may be anybody's."""
    key = person_key(name)
    if " " not in key.form or len(key.form) < _FEWEST:
        raise UsageError(
            f"{name!r} may be anybody", 'write given and family name, such as "Kim Doe"'
        )
    spellings = _spellings(name)
    ids = [one for one, known in contacts.named(tx) if comparable(known) == key.form]
    # The kind is one of those that are stored; the hash is that of the name.
    made = HashedKey("email", None, digest(key, secret))
    counts = Counter(
        {
            "contacts": contacts.erase(tx, ids),
            "rows with emptied cells": erasing_names.rows_with(tx, spellings),
            "pages": erasing_names.pages_with(tx, spellings),
            "notes and reasons": erasing_names.mentions(tx, spellings),
            "webhook messages": erasing_names.messages_with(tx, spellings),
        }
    )
    bar(tx, (made,), by)
    line = events.Happened(
        verb="erased", thing="person", thing_id=made.key_hash, who=by, reason=REASON
    )
    events.log(tx, [line])
    return Forgotten({what: n for what, n in counts.items() if n}, 1, (), ())


def _spellings(name: str) -> list[str]:
    """`Kim Doe` and `Doe, Kim`, as texts write them."""
    words = name.replace(",", " ").split()
    return [" ".join(words), f"{words[-1]}, {' '.join(words[:-1])}", f"{words[-1]} {words[0]}"]
