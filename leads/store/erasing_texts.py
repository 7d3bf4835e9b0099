"""Erase texts that name a person or a contact point: cells, pages, notes, reasons, messages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, or_, select, update

from leads.store.engine import Tx, chunks
from leads.store.schema import (
    consent,
    desk_action,
    disposition,
    event,
    fact,
    page,
    page_body,
    record,
    relationship,
    webhook_message,
)

#: Pages that are taken apart at a time.
_AT_ONCE = 200
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class TextSearch:
    """A person or a contact point as it is looked for in texts."""

    #: A text without any of these, in whatever case, is passed over; all of them are ASCII.
    fragments: tuple[str, ...]
    #: Whether a text names it.
    is_in: Callable[[str], bool]


def rows_with(tx: Tx, search: TextSearch) -> int:
    """Empty the cells of rows that name it; how many rows."""
    wanted = select(record.c.id, record.c.raw).where(_any(cast(record.c.raw, String), search))
    emptied = 0
    for row in tx.execute(wanted).all():
        kept = {name: "" if search.is_in(str(cell)) else cell for name, cell in row.raw.items()}
        if kept != row.raw:
            tx.execute(update(record).where(record.c.id == row.id).values(raw=kept))
            emptied += 1
    return emptied


def pages_naming(tx: Tx, names: Mapping[str, Callable[[str], bool]]) -> dict[str, list[str]]:
    """The hashes of the stored pages that name each of these, by what tells whether a text does.

    Every stored page is read and unpacked once: a transaction that writes would be in the way of
    all others meanwhile.
    """
    found: dict[str, list[str]] = {name: [] for name in names}
    if not names:
        return found
    for key, body in _bodies(tx):
        # What only the source of a page shows counts too.
        texts = (unescape(_TAG.sub(" ", body)), body)
        for name, is_in in names.items():
            if any(map(is_in, texts)):
                found[name].append(key)
    return found


def pages(tx: Tx, hashes: Sequence[str]) -> int:
    """Erase the stored pages with these hashes; how many."""
    gone = 0
    for some in chunks(list(hashes)):
        gone += tx.execute(delete(page).where(page.c.content_hash.in_(some))).rowcount
        tx.execute(delete(page_body).where(page_body.c.content_hash.in_(some)))
    return gone


def mentions(tx: Tx, search: TextSearch) -> int:
    """Empty the notes, reasons and quotes that name it; how many."""
    emptied = 0
    for table, column in (
        (disposition, disposition.c.note),
        (desk_action, desk_action.c.text),
        (relationship, relationship.c.reason),
        (event, event.c.reason),
        (fact, fact.c.quote),
        (consent, consent.c.words),
        (consent, consent.c.source),
    ):
        for some in chunks(_naming(tx, column, search)):
            emptying = update(table).where(column.in_(some)).values({column: ""})
            emptied += tx.execute(emptying).rowcount
    return emptied


def messages_with(tx: Tx, search: TextSearch) -> int:
    """Erase the messages to webhooks that name it; how many."""
    gone = 0
    for some in chunks(_naming(tx, webhook_message.c.body, search)):
        gone += tx.execute(delete(webhook_message).where(webhook_message.c.body.in_(some))).rowcount
    return gone


def _naming(tx: Tx, column: ColumnElement[Any], search: TextSearch) -> list[str]:
    """The different texts of a column that name it."""
    texts = tx.execute(select(column).where(_any(column, search)).distinct()).scalars()
    return [one for one in texts if search.is_in(one)]


def _bodies(tx: Tx) -> Iterator[tuple[str, str]]:
    after = ""
    while True:
        wanted = select(page_body.c.content_hash, page_body.c.body)
        wanted = wanted.where(page_body.c.content_hash > after).order_by(page_body.c.content_hash)
        rows = tx.execute(wanted.limit(_AT_ONCE)).all()
        for row in rows:
            yield row.content_hash, zlib.decompress(row.body).decode("utf-8", "replace")
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].content_hash


def _any(column: ColumnElement[Any], search: TextSearch) -> ColumnElement[bool]:
    return or_(*(column.icontains(one, autoescape=True) for one in search.fragments))
