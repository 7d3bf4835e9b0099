"""Recognise and drop columns about persons; of a personal e-mail address the company's domain may
stay.

In a list of people (one with given or family names) a bare "Title", "Phone" or "City" is the
person's; elsewhere it is the company's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from intake.column_guess import ColumnGuess
from intake.column_names import ColumnName, read_name
from intake.content import has_legal_form, share
from intake.mapping import ColumnMapping, How
from intake.vocabulary import PERSONAL, key_of, vocabulary
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name
from leads.sheets.rows import Cells

_GIVEN = (f"{PERSONAL}given_name", f"{PERSONAL}family_name")
_PERSON_NAME = f"{PERSONAL}person_name"
_WHEREABOUTS = f"{PERSONAL}whereabouts"
#: Names of columns that say only "name".
BARE_NAMES = frozenset({"name", "names", "nom", "nome", "nombre", "naam", "nazwa", "namn", "navn"})
_BETWEEN = re.compile(r"[\s;,|]+")


def named_person(name: ColumnName, *, people: bool) -> str | None:
    """The kind of personal data that a column's name means, if any."""
    known = vocabulary()
    for place, key in enumerate(name.keys):
        word = known.personal.get(key)
        # A weak word counts only as it stands: "Company Phone" is no person's, even in a list of
        # people.
        if word and (not word.weak or (people and place == 0)):
            return word.field
        if key in known.fields and not known.fields[key].weak:
            return None
    return None


def is_list_of_people(header: Sequence[str]) -> bool:
    """Whether a header has a column of given or family names."""
    return any(named_person(read_name(name), people=False) in _GIVEN for name in header)


def set_apart(columns: Sequence[ColumnGuess], *, people: bool) -> None:
    """Mark the columns as personal that only the other columns show to be a person's."""
    _names(columns)
    if not people:
        return
    for column in columns:
        own = (
            column.field in vocabulary().of_the_person
            and column.how == How.NAME
            and not _is_companys(column)
        )
        if own and any(other.field == column.field and _is_companys(other) for other in columns):
            column.set(_WHEREABOUTS, How.NAME)


def _is_companys(column: ColumnGuess) -> bool:
    key = key_of(column.header)
    return any(key.startswith(prefix) and key != prefix for prefix in vocabulary().prefixes)


def _names(columns: Sequence[ColumnGuess]) -> None:
    """Beside "Company", a bare "Name" is a person's, unless its cells carry legal forms or repeat
    the company's.
    """
    names = [column for column in columns if column.field == "name"]
    bare = [column for column in names if _is_bare(column)]
    companies = [column for column in names if column not in bare and not column.weak]
    if not companies:
        return

    company_cores = _cores(companies)
    for column in bare:
        if column.how == How.NAME and _are_people(column.values, company_cores):
            column.set(_PERSON_NAME, How.NAME)


def _cores(columns: Sequence[ColumnGuess]) -> set[str]:
    return {parse_name(value).core for column in columns for value in column.values}


def _are_people(values: Sequence[str], company_cores: Set[str]) -> bool:
    repeats = share(values, lambda value: parse_name(value).core in company_cores)
    return bool(values) and repeats < 0.2 and share(values, has_legal_form) < 0.05


def _is_bare(column: ColumnGuess) -> bool:
    return key_of(column.header) in BARE_NAMES


def without_persons(cells: Cells, mapping: ColumnMapping) -> Cells:
    """The cells with personal columns emptied and personal e-mail addresses taken out of the
    others' column.
    """
    kept = list(cells)
    for column in mapping.columns:
        if column.personal:
            kept[column.place] = ""
        elif column.field == "email" and kept[column.place]:
            kept[column.place] = _of_offices(kept[column.place])
    return tuple(kept)


def _of_offices(cell: str) -> str:
    if "@" not in cell:
        return cell
    found = [parse_email(word) for word in _BETWEEN.split(cell) if "@" in word]
    return "; ".join(email.address for email in found if email and email.is_role)
