"""Read the contact that the personal columns of a row name, when the client keeps contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from intake.cells import cleaned, values
from intake.mapping import ColumnMapping
from intake.vocabulary import PERSONAL
from leads.lexicon.emails import Email, parse_email
from leads.lexicon.phones import parse_phone
from leads.sheets.rows import Cells

#: What a client keeps of contacts: nothing, mailboxes and roles, or named persons.
NONE, ROLES, PERSONS = "none", "roles", "persons"
_NAMES = ("given_name", "family_name")
_FULL_NAMES = ("person_name", "officer")
_LONGEST = 200


class RowContact(NamedTuple):
    """A role or a person that a row names."""

    #: `role` or `person`.
    kind: str
    name: str | None
    role: str
    email: str | None
    phone: str | None


def contacts_of(
    cells: Cells, mapping: ColumnMapping, keeps: str, country: str | None
) -> tuple[RowContact, ...]:
    """The contact of a row; none in company-only mode, and none when it cannot be reached or named.

    In `roles` mode neither names nor a person's own address and number are read.
    """
    if keeps == NONE:
        return ()
    role = _first(cells, mapping, ["job_title"])
    addresses = list(_addresses(cells, mapping))
    if keeps == ROLES:
        return _role_contact(role, addresses)
    name = _name(cells, mapping)
    found = _persons_address(addresses, knows_who=bool(name or role))
    if not (name or found):
        return ()
    kind = "role" if found and found.is_role and not name else "person"
    phone = parse_phone(_first(cells, mapping, ["personal_phone"]), country)
    return (RowContact(kind, name or None, role, found.address if found else None, phone),)


def _role_contact(role: str, addresses: Sequence[Email]) -> tuple[RowContact, ...]:
    email = next((one.address for one in addresses if one.is_role), None)
    return (RowContact("role", None, role, email, None),) if email and role else ()


def _name(cells: Cells, mapping: ColumnMapping) -> str:
    parts = [_first(cells, mapping, [one]) for one in _NAMES]
    return " ".join(part for part in parts if part) or _first(cells, mapping, _FULL_NAMES)


def _persons_address(addresses: Sequence[Email], *, knows_who: bool) -> Email | None:
    """A person's own address, else that of the role of somebody who is known by name or role."""
    # One letter names nobody: `x@` is no person's by itself.
    own = [one for one in addresses if not one.is_role and (knows_who or len(one.local) > 1)]
    roles = [one for one in addresses if one.is_role and knows_who]
    return next(iter([*own, *roles]), None)


def _addresses(cells: Cells, mapping: ColumnMapping) -> Iterator[Email]:
    """The addresses of a row, those of personal columns first."""
    for column in (*mapping.of(f"{PERSONAL}personal_email"), *mapping.of("email")):
        for part in values(cells[column.place]):
            if email := parse_email(part):
                yield email


def _first(cells: Cells, mapping: ColumnMapping, kinds: Iterable[str]) -> str:
    """The first cell of columns of these kinds that is not empty."""
    for kind in kinds:
        for column in mapping.of(f"{PERSONAL}{kind}"):
            if found := cleaned(cells[column.place])[:_LONGEST]:
                return found
    return ""
