"""Keep what was erased on request out of the lists that are imported later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.contacts import RowContact
from intake.parsed_list import ParsedRow
from intake.statements import Statement
from leads.contacts import PageContact
from outreach.keys import Key, KnownAs, digest, keys_of
from outreach.mentions import names_point
from outreach.run.forgetting_persons import person_key
from outreach.run.known_as import known_as_of_pairs


def screened(
    rows: Iterable[ParsedRow], erased: set[str], secret: bytes
) -> dict[int, ParsedRow | None]:
    """What to store instead of each row that names somebody who was erased, by number of the row:
    None, nothing, when its company was erased; else the row without what was erased.
    """
    if not erased:
        return {}
    found: dict[int, ParsedRow | None] = {}
    for row in rows:
        keys = keys_of(known_of(row.statements))
        hits = [key for key in keys if digest(key, secret) in erased]
        contacts = _kept(row.contacts, erased, secret)
        if _is_erased(keys, hits):
            found[row.row] = None
        elif hits or contacts != row.contacts:
            points = [key for key in hits if key.kind in ("email", "phone")]
            found[row.row] = _without(row, points)._replace(contacts=contacts)
    return found


def _kept(
    contacts: Iterable[RowContact], erased: set[str], secret: bytes
) -> tuple[RowContact, ...]:
    return tuple(one for one in contacts if not is_erased(one, erased, secret))


def is_erased(contact: RowContact | PageContact, erased: set[str], secret: bytes) -> bool:
    """Whether a contact was erased on request, by name, address or number."""
    return any(digest(key, secret) in erased for key in _keys(contact))


def _is_erased(keys: Sequence[Key], hits: Sequence[Key]) -> bool:
    """Whether a row is about a company that was erased: it has its domain, or its name and nothing
    that tells it from the erased one.
    """
    kinds = {key.kind for key in hits}
    if "company" not in kinds:
        return "domain" in kinds
    # Several companies have one name: another domain, e-mail or phone makes it another company.
    return len(kinds) > 1 or all(key.kind == "company" for key in keys)


def _keys(contact: RowContact | PageContact) -> list[Key]:
    """Everything that a contact may have been erased by."""
    points = (("email", contact.email), ("phone", contact.phone))
    named = [person_key(contact.name)] if contact.name else []
    return [*named, *(Key(kind, value) for kind, value in points if value)]


def known_of(statements: Iterable[Statement]) -> KnownAs:
    """What a row says that its company is known by."""
    return known_as_of_pairs((one.attribute, str(one.value)) for one in statements)


def _without(row: ParsedRow, points: list[Key]) -> ParsedRow:
    forms = {(key.kind, key.form) for key in points}
    return row._replace(
        cells=["" if any(names_point(cell, key) for key in points) else cell for cell in row.cells],
        stated=[
            stored
            for stored, one in zip(row.stated, row.statements, strict=True)
            if (one.attribute, str(one.value).lower()) not in forms
            and not any(names_point(one.quote, key) for key in points)
        ],
    )
