"""Recognise the columns of a list: told, by name in ten languages, or by what their cells hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.bearing_out import borne_out, quality
from intake.content import field_by_content, has_legal_form, is_host, looks_like_names
from intake.draft import Draft, drafted
from intake.mapping import ID, IGNORE, KEEP, Column, ColumnMapping, How, no_name
from intake.personal import BARE_NAMES, is_list_of_people, named_person, set_apart
from intake.rejects import REJECT_COLUMNS
from intake.schemes import scheme_of
from intake.told import Told, told_fields
from intake.vocabulary import key_of, vocabulary
from leads.errors import UsageError
from leads.sheets.rows import Cells

#: What any number of columns may be, so that a further one takes nothing from those told before.
_OF_MANY = (IGNORE, KEEP)
#: Fields whose columns are compared by how many of their cells can be read.
_NUMBERS = ("employees", "turnover", "founded", "sites")


def recognise(
    header: Sequence[str],
    sample: Sequence[Cells],
    overrides: Told,
    before: Mapping[int, str] | None = None,
) -> ColumnMapping:
    """What each column is: as the user said now (field -> column) or `before` (place -> field),
    else by name, else by a few thousand rows.

    UsageError when an override names no field or no column, or no column holds names.
    """
    said = told_fields(header, overrides)
    told = {
        place: field
        for place, field in (before or {}).items()
        if field in _OF_MANY or field not in said.values()
    } | said
    drafts = drafted(header, sample)
    people = is_list_of_people(header)
    for draft in drafts:
        if draft.place in told:
            draft.set(told[draft.place], How.TOLD)
        else:
            _by_name(draft, people=people)
    set_apart(drafts, people=people)
    for draft in drafts:
        if draft.field == KEEP and draft.how == How.NOT:
            draft.set(field_by_content(draft.name, draft.values) or KEEP, How.CONTENT)
    _settle_names(drafts)
    _settle_ids(drafts)
    _settle_numbers(drafts)
    return ColumnMapping(tuple(_column(draft, drafts) for draft in drafts))


def _by_name(draft: Draft, *, people: bool) -> None:
    unnamed = draft.header == f"column {draft.place + 1}" and not draft.values
    if unnamed or draft.header in REJECT_COLUMNS:
        draft.set(IGNORE, How.NOT)
        return
    kind = named_person(draft.name, people=people)
    word = draft.name.word(vocabulary().fields)
    field = kind or (word.field if word else KEEP)
    draft.set(
        borne_out(field, draft.values),
        How.NAME,
        weak=kind is None and word is not None and word.weak,
    )


def _settle_names(drafts: list[Draft]) -> None:
    """One column of names; further ones are aliases."""
    names = [draft for draft in drafts if draft.field == "name"]
    strong = sorted((draft for draft in names if not draft.weak), key=_preference)
    found = strong or names[:1] or [draft for draft in drafts if draft.field == "legal_name"][:1]
    if not found:
        _refuse_data_as_header(drafts)
        found = _names_by_content(drafts)
    if not found:
        raise no_name([draft.header for draft in drafts])
    how = found[0].how
    for draft in names:
        draft.set("alias" if draft in strong else KEEP, draft.how)
    found[0].set("name", how)


def _preference(draft: Draft) -> tuple[bool, bool, bool, int]:
    """Best first: told, filled, and "Company" before a bare "Name"."""
    return (
        draft.how != How.TOLD,
        draft.filled < 0.5,
        key_of(draft.header) in BARE_NAMES,
        draft.place,
    )


def _names_by_content(drafts: list[Draft]) -> list[Draft]:
    """The column that looks most like company names, beside one that shows the header to be one."""
    if all(draft.how == How.NOT for draft in drafts):
        return []
    likeness = {
        draft.place: looks_like_names(draft.values)
        for draft in drafts
        if draft.field == KEEP and draft.different >= 0.5
    }
    best = max(likeness, key=lambda place: likeness[place], default=None)
    if best is None or likeness[best] < 0.1:
        return []
    drafts[best].how = How.CONTENT
    return [drafts[best]]


def _refuse_data_as_header(drafts: list[Draft]) -> None:
    """A list that begins with its first company would lose it without a word."""
    data = next((draft.header for draft in drafts if _is_data(draft.header)), None)
    if data and not any(draft.how == How.NAME for draft in drafts):
        names = ",".join(["name", *(f"column{draft.place + 1}" for draft in drafts[1:])][:6])
        raise UsageError(
            f"the first line names no columns, it is a company already: {data[:60]!r}",
            f"put a line above it that names them, such as: {names}",
        )


def _is_data(header: str) -> bool:
    return (
        has_legal_form(header)
        or is_host(header)
        or "@" in header
        or sum(char.isdigit() for char in header) > 4
    )


def _settle_ids(drafts: list[Draft]) -> None:
    """One key of the list's own system, which no two rows share."""
    ids = sorted(
        (draft for draft in drafts if draft.field == ID),
        key=lambda draft: (draft.how != How.TOLD, draft.weak),
    )
    unique = [
        draft
        for draft in ids
        if draft.how == How.TOLD
        or (draft.different == 1.0 and draft.filled >= 0.9 and draft.values)
    ]
    for draft in ids:
        if draft not in unique[:1]:
            draft.set(KEEP, How.NOT)


def _settle_numbers(drafts: list[Draft]) -> None:
    """`size_text` counts and `company_size` says small or medium: a column that cannot be read is
    left when another can.
    """
    for field in _NUMBERS:
        columns = [draft for draft in drafts if draft.field == field and draft.how != How.TOLD]
        best = max(
            (quality(field, draft.values, draft.name.unit) for draft in columns), default=0.0
        )
        for draft in columns:
            if best >= 0.3 and quality(field, draft.values, draft.name.unit) < 0.05:
                draft.set(KEEP, How.NOT)


def _column(draft: Draft, drafts: list[Draft]) -> Column:
    field, name = draft.field, draft.name
    column = Column(draft.place, draft.header, field, draft.how, _rank(draft, drafts))
    if field == "industry":
        return replace(column, scheme=scheme_of(draft.header, draft.values))
    if field in _NUMBERS:
        return replace(column, unit=name.unit, currency=name.currency, year=name.year)
    return column


def _rank(draft: Draft, drafts: list[Draft]) -> int:
    if draft.field in (KEEP, IGNORE):
        return 0
    same = [each for each in drafts if each.field == draft.field]
    same.sort(key=lambda each: (each.how != How.TOLD, each.weak, -_worth(each), each.place))
    return same.index(draft)


def _worth(draft: Draft) -> float:
    """To a tenth, how many rows a column of numbers answers for."""
    if draft.field not in _NUMBERS:
        return 1.0
    return round(draft.filled * quality(draft.field, draft.values, draft.name.unit), 1)
