"""Keep what was erased on request out of the lists that are imported later."""

from __future__ import annotations

from collections.abc import Iterable

from intake.contacts import RowContact
from intake.parsed_list import ParsedRow
from intake.statements import Statement
from leads.store import Tx, erased_keys
from outreach.keys import Key, KnownAs, digest, keys_of
from outreach.mentions import names_point
from outreach.run.forgetting_persons import person_key

_NAMES = ("name", "legal_name", "alias", "former_name")
#: An erased address or number empties its cell; anything else is the company itself.
_POINTS = ("email", "phone")


def screened(tx: Tx, rows: Iterable[ParsedRow], secret: bytes) -> dict[int, ParsedRow | None]:
    """By number, what is stored instead of the rows that name somebody who was erased: None when
    that is the company, else the row without the erased addresses and numbers.
    """
    erased = erased_keys.hashes(tx)
    if not erased:
        return {}
    found: dict[int, ParsedRow | None] = {}
    for row in rows:
        hits = [key for key in keys_of(known_of(row.statements)) if digest(key, secret) in erased]
        contacts = tuple(
            one for one in row.contacts if not erased & {digest(k, secret) for k in _keys(one)}
        )
        if any(key.kind not in _POINTS for key in hits):
            found[row.row] = None
        elif hits or contacts != row.contacts:
            found[row.row] = _without(row, hits)._replace(contacts=contacts)
    return found


def _keys(contact: RowContact) -> list[Key]:
    """Everything that a contact may have been erased by."""
    points = (("email", contact.email), ("phone", contact.phone))
    named = [person_key(contact.name)] if contact.name else []
    return [*named, *(Key(kind, value) for kind, value in points if value)]


def known_of(statements: Iterable[Statement]) -> KnownAs:
    """What a row says that its company is known by."""
    values: dict[str, list[str]] = {}
    for one in statements:
        values.setdefault(one.attribute, []).append(str(one.value))
    return KnownAs(
        names=tuple(name for attribute in _NAMES for name in values.get(attribute, ())),
        domains=tuple(values.get("domain", ())),
        emails=tuple(values.get("email", ())),
        phones=tuple(values.get("phone", ())),
    )


def _without(row: ParsedRow, points: list[Key]) -> ParsedRow:
    forms = {(key.kind, key.form) for key in points}
    return row._replace(
        raw={
            name: cell
            for name, cell in row.raw.items()
            if not any(names_point(cell, key) for key in points)
        },
        statements=tuple(
            one
            for one in row.statements
            if (one.attribute, str(one.value).lower()) not in forms
            and not any(names_point(one.quote, key) for key in points)
        ),
    )
