"""Erase texts that name a person or a contact point: cells, pages, notes, reasons, messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Column, ColumnElement, String, cast, delete, or_, select, update

from leads.store import erasing, row_cells
from leads.store.engine import Tx, chunks
from leads.store.packed import unpacked
from leads.store.schema import (
    company_link,
    consent,
    desk_action,
    disposition,
    event,
    fact,
    handover,
    judgement,
    lead_answer,
    outcome_effect,
    page,
    page_body,
    prediction_model,
    record,
    relationship,
    retraction,
    signal,
    site_finding,
    suppression,
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
        kept = row_cells.emptied(row.raw, search.is_in)
        if kept != row.raw:
            tx.execute(update(record).where(record.c.id == row.id).values(raw=kept))
            emptied += 1
    return emptied


def own_columns_with(tx: Tx, search: TextSearch) -> int:
    """Erase the facts of clients' own columns that name it; how many."""
    wanted = select(fact.c.id, fact.c.value).where(
        fact.c.attribute.startswith("custom:"), _any(cast(fact.c.value, String), search)
    )
    rows = tx.execute(wanted).all()
    return erasing.of_facts(tx, [one.id for one in rows if _names(str(one.value), search)])


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
    """Empty the notes, reasons, quotes and words that name it; how many."""
    emptied = 0
    for table, column in (
        (disposition, disposition.c.note),
        (desk_action, desk_action.c.text),
        (relationship, relationship.c.reason),
        (event, event.c.reason),
        (fact, fact.c.quote),
        (consent, consent.c.words),
        (consent, consent.c.source),
        (lead_answer, lead_answer.c.words),
        (lead_answer, lead_answer.c.source),
        (handover, handover.c.words),
        (signal, signal.c.link),
        (signal, signal.c.agent),
        (judgement, judgement.c.reason),
        (company_link, company_link.c.reason),
        (retraction, retraction.c.reason),
        (suppression, suppression.c.reason),
    ):
        for some in chunks(_naming(tx, column, search)):
            emptying = update(table).where(column.in_(some)).values({column: ""})
            emptied += tx.execute(emptying).rowcount
    for document in (
        event.c.data,
        desk_action.c.before,
        outcome_effect.c.before,
        prediction_model.c.content,
        site_finding.c.reasons,
        site_finding.c.lacks,
        site_finding.c.looked,
        site_finding.c.before,
        site_finding.c.pages,
    ):
        emptied += _documents(tx, document, search)
    return emptied + _ids_of_signals(tx, search)


def messages_with(tx: Tx, search: TextSearch) -> int:
    """Erase the messages to webhooks that name it; how many."""
    gone = 0
    column = webhook_message.c.body
    for body in tx.execute(select(column).where(_any(column, search)).distinct()).scalars().all():
        told = json.loads(body)
        if _without(told, search) != told:
            gone += tx.execute(delete(webhook_message).where(column == body)).rowcount
    return gone


def _naming(tx: Tx, column: ColumnElement[Any], search: TextSearch) -> list[str]:
    """The different texts of a column that name it."""
    texts = tx.execute(select(column).where(_any(column, search)).distinct()).scalars()
    return [one for one in texts if _names(one, search)]


def _names(text: str, search: TextSearch) -> bool:
    """Whether a text names it, as it is or as an address on the web writes it."""
    return search.is_in(text) or search.is_in(unquote(text))


def _documents(tx: Tx, column: Column[Any], search: TextSearch) -> int:
    """Empty the texts in JSON documents that name it; how many documents."""
    table, emptied = column.table, 0
    wanted = select(table.c.id, column).where(_any(cast(column, String), search))
    for row_id, document in tx.execute(wanted).all():
        kept = _without(document, search)
        if kept != document:
            tx.execute(update(table).where(table.c.id == row_id).values({column: kept}))
            emptied += 1
    return emptied


def _without(value: Any, search: TextSearch) -> Any:
    """A JSON value with every text emptied, and every key dropped, that names it."""
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if not _names(name, search)}
        return {name: _without(one, search) for name, one in kept.items()}
    if isinstance(value, list):
        return [_without(one, search) for one in value]
    return "" if isinstance(value, str) and _names(value, search) else value


def _ids_of_signals(tx: Tx, search: TextSearch) -> int:
    """Replace the ids of signals that name it; an id stays the only one of its source."""
    column, replaced = signal.c.external_id, 0
    wanted = select(signal.c.id, column).where(_any(column, search))
    for row in tx.execute(wanted).all():
        if _names(row.external_id, search):
            mine = update(signal).where(signal.c.id == row.id)
            tx.execute(mine.values(external_id=f"erased {row.id}"))
            replaced += 1
    return replaced


def _bodies(tx: Tx) -> Iterator[tuple[str, str]]:
    after = ""
    while True:
        wanted = select(page_body.c.content_hash, page_body.c.body)
        wanted = wanted.where(page_body.c.content_hash > after).order_by(page_body.c.content_hash)
        rows = tx.execute(wanted.limit(_AT_ONCE)).all()
        for row in rows:
            yield row.content_hash, unpacked(row.body).decode("utf-8", "replace")
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].content_hash


def _any(column: ColumnElement[Any], search: TextSearch) -> ColumnElement[bool]:
    spellings = {*search.fragments, *(quote(one, safe="") for one in search.fragments)}
    return or_(*(column.icontains(one, autoescape=True) for one in sorted(spellings)))
