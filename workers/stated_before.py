"""Keep the country and currency that a user stated for a list when its next file is imported."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from intake.read_options import ReadOptions
from leads.store import Tx, imports, lists


def as_stated_before(tx: Tx, client_id: UUID, name: str, options: ReadOptions) -> ReadOptions:
    """The options with what was stated for the last import of the list, where these say nothing."""
    list_id = lists.id_of(tx, client_id, name)
    last = imports.last_import(tx, list_id) if list_id else None
    stated = last.columns.get("stated") if last else None
    if not stated:
        return options

    country = stated["country"] if options.country is None else None
    currency = stated["currency"] if options.currency is None else None
    return replace(
        options,
        country=country or options.country,
        currency=currency or options.currency,
        kept=(*_note("country", country), *_note("currency", currency)),
    )


def _note(what: str, code: str | None) -> tuple[str, ...]:
    if not code:
        return ()
    return (f"{what} {code}, as stated for the last import: state another, or `none`",)
