"""Recognise the columns of a list: as the user maps them, by name in ten languages, or by content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.column_checks import checked_field, quality
from intake.column_guess import ColumnGuess, guesses_for
from intake.column_names import is_column_name
from intake.column_overrides import ColumnOverrides, overridden_fields
from intake.content import (
    field_by_content,
    has_legal_form,
    is_about_others,
    is_host,
    looks_like_names,
    share,
)
from intake.mapping import ID, IGNORE, KEEP, LOCATION, OPT_OUT, Column, ColumnMapping, How, no_name
from intake.personal import BARE_NAMES, is_list_of_people, named_person, set_apart
from intake.rejects import REJECT_COLUMNS
from intake.schemes import scheme_of
from intake.vocabulary import key_of, vocabulary
from leads.errors import UsageError
from leads.lexicon.opt_outs import is_opt_out_column, is_permission_column
from leads.sheets.rows import Cells

#: Fields of any number of columns: mapping one more column changes no other.
_OF_MANY = (IGNORE, KEEP)
#: The fields that a named column has when its meaning makes one found by its cells doubtful.
_SAME = {
    "country": ("country", LOCATION),
    "employees": ("employees",),
    "website": ("website", "domain"),
    "domain": ("website", "domain"),
    "lei": ("lei",),
}
#: Fields whose columns are compared by how many of their cells can be read.
_NUMBERS = ("employees", "turnover", "founded", "sites")


def recognise(
    header: Sequence[str],
    sample: Sequence[Cells],
    overrides: ColumnOverrides,
    before: Mapping[int, str] | None = None,
    *,
    needs_name: bool = True,
) -> ColumnMapping:
    """The field of each column: as the user maps it now (`overrides`) or mapped it `before` (by
    place), else by its name, else by its cells.

    UsageError when an override is wrong, or when no column has company names and `needs_name`.
    """
    told = _stated_fields(overridden_fields(header, overrides), before or {})
    guesses = guesses_for(header, sample)
    people = is_list_of_people(header)
    for guess in guesses:
        if guess.place in told:
            guess.set(told[guess.place], How.TOLD)
        else:
            _by_name(guess, people=people)
    set_apart(guesses, people=people)
    _by_content(guesses)
    _prefer_named(guesses)
    if needs_name or any(guess.field == "name" for guess in guesses):
        _settle_names(guesses)
    _settle_ids(guesses)
    _settle_numbers(guesses)
    return ColumnMapping(tuple(_column(guess, guesses) for guess in guesses))


def _stated_fields(said: Mapping[int, str], before: Mapping[int, str]) -> dict[int, str]:
    """What the user said now, and of what was said before all that does not contradict it."""
    kept = {
        place: field
        for place, field in before.items()
        if field in _OF_MANY or field not in said.values()
    }
    return kept | dict(said)


def _by_content(guesses: Sequence[ColumnGuess]) -> None:
    for guess in guesses:
        if guess.field == KEEP and guess.how == How.NOT:
            guess.set(field_by_content(guess.header, guess.name, guess.values) or KEEP, How.CONTENT)


def _by_name(guess: ColumnGuess, *, people: bool) -> None:
    unnamed = guess.header == f"column {guess.place + 1}" and not guess.values
    if unnamed or guess.header in REJECT_COLUMNS:
        guess.set(IGNORE, How.NOT)
        return
    if is_opt_out_column(guess.header) or is_permission_column(guess.header):
        guess.set(OPT_OUT, How.NAME)
        return
    kind = named_person(guess.name, people=people)
    word = guess.name.word(vocabulary().fields)
    field = kind or (word.field if word else KEEP)
    guess.set(
        checked_field(field, guess.header, guess.values),
        How.NAME,
        weak=kind is None and word is not None and word.weak,
    )


def _prefer_named(guesses: list[ColumnGuess]) -> None:
    """Leave out a column that only its cells make what another column is by its name."""
    named = {guess.field for guess in guesses if guess.how in (How.NAME, How.TOLD) and guess.values}
    for guess in guesses:
        if guess.how == How.CONTENT and not named.isdisjoint(_SAME.get(guess.field, ())):
            guess.set(KEEP, How.NOT)


def _settle_names(guesses: list[ColumnGuess]) -> None:
    """Choose the column of names; further ones become aliases."""
    names = [guess for guess in guesses if guess.field == "name"]
    strong = sorted((guess for guess in names if not guess.weak), key=_preference)
    chosen = _name_column(guesses, strong or names)

    how = chosen.how
    for guess in names:
        # `Supplier` beside `Company` names another company.
        is_alias = guess in strong and (guess.how == How.TOLD or not is_about_others(guess.header))
        guess.set("alias" if is_alias else KEEP, guess.how)
    chosen.set("name", how)


def _name_column(guesses: list[ColumnGuess], by_name: list[ColumnGuess]) -> ColumnGuess:
    """Return the best column of names, else of legal names, else the one whose cells look like
    names; UsageError when there is none.
    """
    found = by_name or [guess for guess in guesses if guess.field == "legal_name"]
    if not found:
        _refuse_addresses(guesses)
        _refuse_data_as_header(guesses)
        found = _names_by_content(guesses)
    if not found:
        raise no_name([guess.header for guess in guesses])
    return found[0]


def _preference(guess: ColumnGuess) -> tuple[bool, bool, bool, bool, int]:
    """Sort key, best first: mapped by the user, about the company, filled, and no bare "Name"."""
    return (
        guess.how != How.TOLD,
        is_about_others(guess.header),
        guess.filled < 0.5,
        key_of(guess.header) in BARE_NAMES,
        guess.place,
    )


def _names_by_content(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """The column that looks most like company names, if any column was recognised by name."""
    if all(guess.how == How.NOT for guess in guesses):
        return []
    likeness = {
        guess.place: looks_like_names(guess.values)
        for guess in guesses
        if guess.field == KEEP and guess.different >= 0.5
    }
    best = max(likeness, key=lambda place: likeness[place], default=None)
    if best is None or likeness[best] < 0.1:
        return []
    guesses[best].how = How.CONTENT
    return [guesses[best]]


def _refuse_addresses(guesses: list[ColumnGuess]) -> None:
    """Reject a column of names whose cells are web addresses, if its name leaves no doubt."""
    for guess in guesses:
        word = guess.name.word(vocabulary().fields)
        if word and word.field == "name" and share(guess.values, is_host) >= 0.5:
            raise UsageError(
                f"the cells of {guess.header!r} are web addresses, not names of companies",
                "name the column of their names: --map name=COLUMN; if there is none, add one",
            )


def _refuse_data_as_header(guesses: list[ColumnGuess]) -> None:
    """Reject a list without a header, as its first company would be lost."""
    if any(guess.how == How.NAME for guess in guesses):
        return
    data = next((guess.header for guess in guesses if _is_data(guess.header)), None)
    if data:
        names = ",".join(["name", *(f"column{guess.place + 1}" for guess in guesses[1:])][:6])
        raise UsageError(
            f"the first line is a company, not a header: {data[:60]!r}",
            f"put a line above it that names them, with the separator of the file, such as: {names}",
        )
    if not any(is_column_name(guess.header) for guess in guesses):
        shown = ", ".join(repr(guess.header[:60]) for guess in guesses[:40])
        raise UsageError(
            f"the first line names no column: {shown}",
            "if it is a company, put a line above it that names the columns, such as: name; if it"
            " names them, say where the companies are: --map name=COLUMN",
        )


def _is_data(header: str) -> bool:
    return (
        has_legal_form(header)
        or is_host(header)
        or "@" in header
        or sum(char.isdigit() for char in header) > 4
    )


def _settle_ids(guesses: list[ColumnGuess]) -> None:
    """Keep one id column, and only if no two rows have the same id."""
    ids = sorted(
        (guess for guess in guesses if guess.field == ID),
        key=lambda guess: (guess.how != How.TOLD, guess.weak),
    )
    unique = [
        guess
        for guess in ids
        if guess.how == How.TOLD
        or (guess.different == 1.0 and guess.filled >= 0.9 and guess.values)
    ]
    for guess in ids:
        if guess not in unique[:1]:
            guess.set(KEEP, How.NOT)


def _settle_numbers(guesses: list[ColumnGuess]) -> None:
    """Leave out a column of numbers that cannot be read when another column of the field can."""
    for field in _NUMBERS:
        columns = [guess for guess in guesses if guess.field == field and guess.how != How.TOLD]
        best = max(
            (quality(field, guess.values, guess.name.unit_of(field)) for guess in columns),
            default=0.0,
        )
        for guess in columns:
            if best >= 0.3 and quality(field, guess.values, guess.name.unit_of(field)) < 0.05:
                guess.set(KEEP, How.NOT)


def _column(guess: ColumnGuess, guesses: list[ColumnGuess]) -> Column:
    field, name = guess.field, guess.name
    column = Column(guess.place, guess.header, field, guess.how, _rank(guess, guesses))
    if field == "industry":
        return replace(column, scheme=scheme_of(guess.header, guess.values))
    if field in _NUMBERS:
        return replace(column, unit=name.unit_of(field), currency=name.currency, year=name.year)
    return column


def _rank(guess: ColumnGuess, guesses: list[ColumnGuess]) -> int:
    if guess.field in (KEEP, IGNORE):
        return 0
    same = [each for each in guesses if each.field == guess.field]
    same.sort(key=_reading_order)
    return same.index(guess)


def _reading_order(guess: ColumnGuess) -> tuple[bool, bool, bool, float, int]:
    """Sort key, read first: as the user mapped it, by its name, and with most readable cells."""
    by_content = guess.how == How.CONTENT
    return guess.how != How.TOLD, by_content, guess.weak, -_worth(guess), guess.place


def _worth(guess: ColumnGuess) -> float:
    """The share of rows with a readable number, rounded to a tenth."""
    if guess.field not in _NUMBERS:
        return 1.0
    return round(
        guess.filled * quality(guess.field, guess.values, guess.name.unit_of(guess.field)), 1
    )
