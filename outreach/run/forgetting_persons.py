"""Forget a person by name: contacts, mentions and pages go, and a hash bars the return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from leads.errors import UsageError
from leads.store import Tx, consents, contacts, erasing_texts, events
from leads.store.erased_keys import REASON
from leads.store.erasing_texts import TextSearch
from leads.store.suppressions import HashedKey
from outreach.keys import Key, digest
from outreach.people import comparable, fragment, is_named
from outreach.run.forgetting import Forgotten, bar

#: By person, the hashes of the stored pages that name him or her.
PagesOf = Mapping[str, Sequence[str]]
#: Letters of a name that is safe to look for in texts.
_FEWEST = 5


def person_key(name: str) -> Key:
    """The key of a person's name, in whatever order it is written."""
    return Key("person", comparable(name))


def is_full_name(name: str) -> bool:
    """Whether a name tells one person from others: it is safe to look for in texts."""
    form = person_key(name).form
    return " " in form and len(form) >= _FEWEST


def pages_of_persons(tx: Tx, names: Iterable[str]) -> PagesOf:
    """The stored pages that name each person; UsageError for a name that may be anybody's."""
    wanted = list(names)
    for name in wanted:
        if not is_full_name(name):
            raise UsageError(
                f"{name!r} may be anybody", 'write given and family name, such as "Kim Doe"'
            )
    return erasing_texts.pages_naming(tx, {one: partial(is_named, name=one) for one in wanted})


def forget_person(tx: Tx, name: str, pages: Sequence[str], by: str, secret: bytes) -> Forgotten:
    """Erase a person at every client, with these pages of `pages_of_persons`."""
    key = person_key(name)
    found = {one: known for one, known in contacts.named(tx) if comparable(known) == key.form}
    agreed = {one: who for one, who in consents.named(tx) if comparable(who) == key.form}
    fragments = {fragment(one) for one in (name, *found.values(), *agreed.values())}
    search = TextSearch(tuple(sorted(fragments)), partial(is_named, name=name))
    # The kind is one of those that are stored; the hash is that of the name.
    made = HashedKey("email", None, digest(key, secret))
    counts = Counter(
        {
            "contacts": contacts.erase(tx, list(found)),
            "consents": consents.erase(tx, agreed),
            "rows with emptied cells": erasing_texts.rows_with(tx, search),
            "pages": erasing_texts.pages(tx, pages),
            "facts": erasing_texts.own_columns_with(tx, search),
            "notes and reasons": erasing_texts.mentions(tx, search),
            "webhook messages": erasing_texts.messages_with(tx, search),
        }
    )
    bar(tx, (made,), by)
    line = events.Happened(
        verb="erased", thing="person", thing_id=made.key_hash, who=by, reason=REASON
    )
    events.log(tx, [line])
    return Forgotten({what: n for what, n in counts.items() if n}, 1, (), ())
