"""Erase what texts say about a person: cells of rows, pages, notes, reasons and messages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, or_, select, update

from leads.store.engine import Tx, chunks
from leads.store.schema import (
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
class NameSearch:
    """A person's name as it is looked for in texts."""

    #: ASCII letters of its spellings: a text without any of these does not name the person.
    fragments: tuple[str, ...]
    #: Whether a text names the person.
    is_named: Callable[[str], bool]


def rows_with(tx: Tx, person: NameSearch) -> int:
    """Empty the cells of rows that name a person; how many rows."""
    wanted = select(record.c.id, record.c.raw).where(_any(cast(record.c.raw, String), person))
    emptied = 0
    for row in tx.execute(wanted).all():
        kept = {name: "" if person.is_named(str(cell)) else cell for name, cell in row.raw.items()}
        if kept != row.raw:
            tx.execute(update(record).where(record.c.id == row.id).values(raw=kept))
            emptied += 1
    return emptied


def pages_with(tx: Tx, person: NameSearch) -> int:
    """Erase the stored pages that name a person; how many."""
    hashes = [key for key, body in _bodies(tx) if _names(body, person)]
    gone = 0
    for some in chunks(hashes):
        gone += tx.execute(delete(page).where(page.c.content_hash.in_(some))).rowcount
        tx.execute(delete(page_body).where(page_body.c.content_hash.in_(some)))
    return gone


def mentions(tx: Tx, person: NameSearch) -> int:
    """Empty the notes, reasons and quotes that name a person; how many."""
    emptied = 0
    for table, column in (
        (disposition, disposition.c.note),
        (desk_action, desk_action.c.text),
        (relationship, relationship.c.reason),
        (event, event.c.reason),
        (fact, fact.c.quote),
    ):
        for some in chunks(_naming(tx, column, person)):
            emptying = update(table).where(column.in_(some)).values({column: ""})
            emptied += tx.execute(emptying).rowcount
    return emptied


def messages_with(tx: Tx, person: NameSearch) -> int:
    """Erase the messages to webhooks that name a person; how many."""
    gone = 0
    for some in chunks(_naming(tx, webhook_message.c.body, person)):
        gone += tx.execute(delete(webhook_message).where(webhook_message.c.body.in_(some))).rowcount
    return gone


def _naming(tx: Tx, column: ColumnElement[Any], person: NameSearch) -> list[str]:
    """The different texts of a column that name a person."""
    texts = tx.execute(select(column).where(_any(column, person)).distinct()).scalars()
    return [one for one in texts if person.is_named(one)]


def _names(body: str, person: NameSearch) -> bool:
    """Whether a page names a person, in its text or in what only its source shows."""
    return person.is_named(unescape(_TAG.sub(" ", body))) or person.is_named(body)


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


def _any(column: ColumnElement[Any], person: NameSearch) -> ColumnElement[bool]:
    return or_(*(column.icontains(one, autoescape=True) for one in person.fragments))
