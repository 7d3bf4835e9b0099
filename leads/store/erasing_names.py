"""Erase what texts say about a person: cells of rows, pages, notes, reasons and messages."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
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


def rows_with(tx: Tx, texts: Sequence[str]) -> int:
    """Empty the cells of rows that contain one of these texts; how many rows."""
    # JSON may hold letters with accents escaped.
    written = [*texts, *(json.dumps(one)[1:-1] for one in texts)]
    column = cast(record.c.raw, String)
    found = tx.execute(select(record.c.id, record.c.raw).where(_any(column, written))).all()
    for row in found:
        kept = {name: "" if _has(str(cell), texts) else cell for name, cell in row.raw.items()}
        tx.execute(update(record).where(record.c.id == row.id).values(raw=kept))
    return len(found)


def pages_with(tx: Tx, texts: Sequence[str]) -> int:
    """Erase the stored pages that contain one of these texts; how many."""
    hashes = [key for key, body in _bodies(tx) if _has(body, texts)]
    gone = 0
    for some in chunks(hashes):
        gone += tx.execute(delete(page).where(page.c.content_hash.in_(some))).rowcount
        tx.execute(delete(page_body).where(page_body.c.content_hash.in_(some)))
    return gone


def mentions(tx: Tx, texts: Sequence[str]) -> int:
    """Empty the notes, reasons and quotes that contain one of these texts; how many."""
    emptied = 0
    for table, column in (
        (disposition, disposition.c.note),
        (desk_action, desk_action.c.text),
        (relationship, relationship.c.reason),
        (event, event.c.reason),
        (fact, fact.c.quote),
    ):
        emptied += tx.execute(
            update(table).where(_any(column, texts)).values({column: ""})
        ).rowcount
    return emptied


def messages_with(tx: Tx, texts: Sequence[str]) -> int:
    """Erase the messages to webhooks that contain one of these texts; how many."""
    return tx.execute(delete(webhook_message).where(_any(webhook_message.c.body, texts))).rowcount


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


def _any(column: ColumnElement[Any], texts: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(one, autoescape=True) for one in texts))


def _has(text: str, texts: Sequence[str]) -> bool:
    lower = " ".join(text.lower().split())
    return any(one.lower() in lower for one in texts)
