"""Recognise and drop columns about persons; of a personal e-mail address the company's domain may
stay.

In a list of people (one with given or family names) a bare "Title", "Phone" or "City" is the
person's; elsewhere it is the company's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from intake.cells import values as parts_of
from intake.column_guess import ColumnGuess
from intake.column_names import ColumnName, read_name
from intake.content import has_legal_form, is_host, is_person_page, share
from intake.mapping import ColumnMapping, How
from intake.vocabulary import PERSONAL, key_of, squashed, vocabulary
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name
from leads.sheets.rows import Cells

_GIVEN = (f"{PERSONAL}given_name", f"{PERSONAL}family_name")
_JOB_TITLE = f"{PERSONAL}job_title"
_PERSON_NAME = f"{PERSONAL}person_name"
_LONG_WORD = 9
#: The shortest stem and the longest ending of a declined word.
_STEM, _ENDING = 5, 3
#: How a reader numbers a repeated name.
_REPEATED = re.compile(r"\s*\(\d+\)$")
_PHONE = f"{PERSONAL}personal_phone"
_OWNER = f"{PERSONAL}account_owner"
_PERSONS = (*_GIVEN, _PERSON_NAME, f"{PERSONAL}officer", _OWNER)
#: The fields by which somebody is reached, and what they are of a person.
_REACHED = {
    "phone": _PHONE,
    "social": f"{PERSONAL}personal_profile",
    "name": _PERSON_NAME,
}
_WHEREABOUTS = f"{PERSONAL}whereabouts"
#: Names of columns that say only "name".
BARE_NAMES = frozenset({"name", "names", "nom", "nome", "nombre", "naam", "nazwa", "namn", "navn"})
_NUMBERS = ("register_number", "vat_id")
#: The tax codes of persons: an Italian "codice fiscale", a Spanish DNI or NIE.
_ITALIAN = re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)
_ITALIAN_LENGTH = 16
_SPANISH = re.compile(r"(?:\d{8}|[XYZ]\d{7})-?[A-Z]", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s;,|]+")


def named_person(name: ColumnName, *, people: bool) -> str | None:
    """The kind of personal data that a column's name means, if any."""
    known = vocabulary()
    if _is_owners_id(name.words):
        return _OWNER
    for place, key in enumerate(name.keys):
        word = known.personal.get(key)
        # A weak word counts only as it stands: "Company Phone" is no person's, even in a list of
        # people.
        if word and (not word.weak or (people and place == 0)):
            return word.field
        if key in known.fields and not known.fields[key].weak:
            return None
    return _person_among(name)


def _person_among(name: ColumnName) -> str | None:
    """The kind of personal data that some words of a name mean."""
    found = (
        _person_reached(name.words) or _person_at_end(name.words) or _person_inflected(name.words)
    )
    return found or (_person_unspaced(name.words) if name.unspaced else None)


def _is_owners_id(words: Sequence[str]) -> bool:
    """Whether a name is that of an account owner's id: `Account Owner.id`."""
    owner = vocabulary().personal.get(squashed(words[:-1])) if words[1:] else None
    return owner is not None and owner.field == _OWNER and words[-1] == "id"


def _person_inflected(words: Sequence[str]) -> str | None:
    """What a name that ends with a declined word for a person means: `E-mail opiekuna`."""
    known, last = vocabulary(), words[-1] if words[1:] else ""
    for length in range(len(last) - 1, max(_STEM, len(last) - _ENDING) - 1, -1):
        person = known.personal.get(last[:length])
        if person and not person.weak and last[:length] not in known.any_contact:
            return _reached(person.field, read_name(" ".join(words[:-1])), long=False)
    return None


def _person_unspaced(words: Sequence[str]) -> str | None:
    """What a name without spaces means that begins with a person: `営業担当メール`."""
    word = squashed(words)
    for length in range(len(word) - 1, _STEM, -1):
        person = vocabulary().personal.get(word[:length])
        if person and not person.weak:
            return _reached(person.field, read_name(word[length:]), long=False)
    return None


def _person_at_end(words: Sequence[str]) -> str | None:
    """The person that the last words of a name mean: `email_1_full_name`, `Associated contact`."""
    known = vocabulary().personal
    for length in range(min(3, len(words) - 1), 0, -1):
        found = known.get(squashed(words[-length:]))
        if found and not found.weak and found.field in _PERSONS:
            return found.field
    return None


def _person_reached(words: Sequence[str]) -> str | None:
    """The person that the first words mean when the others say how to reach them: `CEO email`,
    `Founder LinkedIn URL`.
    """
    known = vocabulary()
    for length in range(min(3, len(words) - 1), 0, -1):
        person = known.personal.get(squashed(words[:length]))
        if person and not person.weak:
            rest = read_name(" ".join(words[length:]))
            found = _reached(person.field, rest, long=len(squashed(words[:length])) >= _LONG_WORD)
            if found:
                return found
    return None


def _reached(person: str, rest: ColumnName, *, long: bool) -> str | None:
    """What the `rest` of a name means after the word for a person."""
    known = vocabulary()
    own, word = rest.word(known.personal), rest.word(known.fields)
    field = word.field if word else ""
    if person == _PHONE:
        return _PHONE if own or rest.keys[0] in known.any_contact else None
    if person not in _PERSONS:
        return None
    if field == "email":
        # The domain of a company's officer is the company's; that of an account owner is not.
        return _OWNER if person == _OWNER else None
    if field in _REACHED:
        return _REACHED[field]
    if own:
        return own.field
    # A long word for a contact is one whatever follows: `Ansprechpartner im Vertrieb`.
    return _PERSON_NAME if long and person == _PERSON_NAME else None


def is_list_of_people(header: Sequence[str]) -> bool:
    """Whether a header has a column of given or family names."""
    return any(named_person(read_name(name), people=False) in _GIVEN for name in header)


def set_apart(columns: Sequence[ColumnGuess], *, people: bool) -> None:
    """Mark the columns as personal that only the other columns show to be a person's."""
    if _names(columns):
        _job_titles(columns)
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


def _names(columns: Sequence[ColumnGuess]) -> bool:
    """Mark a bare "Name" beside "Company" as a person's, unless its cells carry legal forms or
    repeat the company's; whether there was one.
    """
    names = [column for column in columns if column.field == "name" or _is_repeated(column)]
    bare = [column for column in names if _is_bare(column)]
    companies = [column for column in names if column not in bare and not column.weak]
    if not companies and len(bare) > 1:
        companies, bare = bare[:1], bare[1:]
    if not companies:
        return False

    return _mark_people(bare, _cores(companies))


def _mark_people(bare: Sequence[ColumnGuess], company_cores: Set[str]) -> bool:
    by_name = [column for column in bare if column.how == How.NAME]
    people = [column for column in by_name if _are_people(column.values, company_cores)]
    for column in people:
        column.set(_PERSON_NAME, How.NAME)
    return bool(people)


def _job_titles(columns: Sequence[ColumnGuess]) -> None:
    """Mark a bare "Title" or "Position" beside a person's name as the person's."""
    for column in columns:
        word = vocabulary().personal.get(key_of(column.header))
        if word and word.field == _JOB_TITLE and column.how in (How.NAME, How.NOT):
            column.set(_JOB_TITLE, How.NAME)


def _cores(columns: Sequence[ColumnGuess]) -> set[str]:
    return {parse_name(value).core for column in columns for value in column.values}


def _are_people(values: Sequence[str], company_cores: Set[str]) -> bool:
    # Without a cell to look at, they may be: what cannot be seen is not kept.
    repeats = share(values, lambda value: parse_name(value).core in company_cores)
    hosts = share(values, is_host) if values else 0.0
    return repeats < 0.2 and hosts < 0.5 and share(values, has_legal_form) < 0.05


def _is_repeated(column: ColumnGuess) -> bool:
    """Whether a column is a further one called only "Name", as `Name (2)`."""
    repeated = _REPEATED.search(column.header) is not None
    return repeated and column.field == "alias" and _is_bare(column)


def _is_bare(column: ColumnGuess) -> bool:
    return key_of(_REPEATED.sub("", column.header)) in BARE_NAMES


def without_persons(cells: Cells, mapping: ColumnMapping) -> Cells:
    """The cells with personal columns emptied, and personal e-mail addresses, pages and numbers
    taken out of the others' columns.
    """
    return without_personal_columns(without_person_cells(cells, mapping), mapping)


def without_personal_columns(cells: Cells, mapping: ColumnMapping) -> Cells:
    """The cells with personal columns emptied, and personal e-mail addresses taken out."""
    emails = mapping.of("email")
    if not (emails or mapping.personal):
        return cells
    kept = list(cells)
    for column in mapping.personal:
        kept[column.place] = ""
    for column in emails:
        if kept[column.place]:
            kept[column.place] = _of_offices(kept[column.place])
    return tuple(kept)


def without_person_cells(cells: Cells, mapping: ColumnMapping) -> Cells:
    """The cells without persons' pages and Italian tax codes, and, among the companies' numbers,
    without Spanish ones.
    """
    if not (_may_be_persons(cells) or any(map(mapping.of, _NUMBERS))):
        return cells
    kept = list(cells)
    for column in mapping.columns:
        cell = kept[column.place]
        if is_person_page(cell):
            kept[column.place] = "; ".join(
                part for part in parts_of(cell) if not is_person_page(part)
            )
        elif _ITALIAN.fullmatch(cell.strip()) or (
            column.field in _NUMBERS and _SPANISH.fullmatch(cell.strip())
        ):
            kept[column.place] = ""
    return tuple(kept)


def _may_be_persons(cells: Cells) -> bool:
    """Whether any cell may be a person's page or an Italian tax code."""
    text = "\n".join(cells)
    # Every row is asked: few have a cell of that length, which is seen faster than the pattern.
    has_length = _ITALIAN_LENGTH in map(len, map(str.strip, cells))
    return is_person_page(text) or (has_length and _ITALIAN.search(text) is not None)


def _of_offices(cell: str) -> str:
    if "@" not in cell:
        return cell
    found = [parse_email(word) for word in _BETWEEN.split(cell) if "@" in word]
    return "; ".join(email.address for email in found if email and email.is_role)
