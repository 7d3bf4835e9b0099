"""Read every value that one row of a list states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.cell_readers import (
    CellValue,
    name_parts,
)
from intake.column_cells import ListColumns
from intake.currencies import currency_of
from intake.list_defaults import ListDefaults
from intake.mapping import CLOSED, CURRENCY
from intake.row_places import read_places
from intake.row_reading import RowReading, read_field
from intake.statements import Statement
from intake.tally import Tally
from intake.vocabulary import key_of, vocabulary
from leads.lexicon.domains import company_domain
from leads.lexicon.emails import parse_email
from leads.lexicon.names.legal_forms import is_form_of

_BETWEEN = re.compile(r"[\s;,|<>]+")
_OF_EMAIL = 0.6
_OTHER_NAMES = ("alias", "former_name", "legal_name")


def statements_of(
    cells: Sequence[str],
    columns: ListColumns,
    tally: Tally,
    defaults: ListDefaults = ListDefaults(),  # noqa: B008 - frozen
) -> tuple[Statement, ...]:
    """Every value that the row states; cells that cannot be read are counted in `tally`.

    `defaults` count where the row states no country or currency.
    """
    row = RowReading(cells, columns, tally)
    read_places(row, defaults)
    country = row.first("country")
    currency = _currency(row)
    default = "" if currency else defaults.currency_quote
    currency = currency or defaults.currency
    for name in columns.after_places:
        read_field(
            row,
            name,
            country if name in ("phone", "fax") else None,
            currency if name == "turnover" else None,
            default if name == "turnover" else "",
        )
    _read_closed(row)
    _read_emails(row)
    _read_form_of_name(row)
    _read_custom(row)
    return tuple(_without_repeated_names(row) if _has_other_names(row) else row.statements)


def _currency(row: RowReading) -> str | None:
    codes = (currency_of(row.cell(column)) for column in row.mapping.of(CURRENCY))
    return next((code for code in codes if code), None)


def _read_closed(row: RowReading) -> None:
    """Read a tick that the company has closed for good; that it has not says little."""
    for column in row.mapping.of(CLOSED):
        cell = row.cell(column)
        if key_of(cell) in vocabulary().yes and not row.has("status"):
            row.add(CellValue("status", "inactive"), column, cell)


def _read_emails(row: RowReading) -> None:
    """Keep the addresses of offices; of a person's address keep only a company's domain."""
    for column in row.mapping.of("email"):
        cell = row.cell(column)
        found = [
            email for word in _BETWEEN.split(cell) if "@" in word and (email := parse_email(word))
        ]
        if cell and not found:
            row.tally.count(
                row.tally.not_understood, column.header, "(an address)" if "@" in cell else cell
            )
        for email in found:
            domain = company_domain(email.domain)
            if email.is_role:
                row.add(CellValue("email", email.address), column, email.address)
            else:
                row.tally.count(row.tally.personal, column.header)
                row.tally.domains_kept.n += domain is not None
            if domain:
                row.add(CellValue("domain", domain), column, f"…@{email.domain}", _OF_EMAIL)


def _read_form_of_name(row: RowReading) -> None:
    if row.has("legal_form"):
        return
    for column in (*row.mapping.of("legal_name"), *row.mapping.of("name")):
        cell = row.cell(column)
        forms = _certain_forms(cell, row.first("country")) if cell else ()
        if forms:
            row.add(CellValue("legal_form", forms[0]), column, cell)
            return


def _certain_forms(name: str, country: str | None) -> tuple[str, ...]:
    """Return the legal forms in a name; one that stands only before it must fit the country.

    `UAB Medicine` in the United States is no Lithuanian company.
    """
    parsed = name_parts(name)
    return tuple(
        form for form in parsed.forms if form not in parsed.front_forms or is_form_of(form, country)
    )


def _read_custom(row: RowReading) -> None:
    for column in row.mapping.custom:
        if cell := row.cell(column):
            row.add(CellValue(column.field, cell[:500]), column, cell)


def _has_other_names(row: RowReading) -> bool:
    return any(map(row.has, _OTHER_NAMES))


def _without_repeated_names(row: RowReading) -> list[Statement]:
    """What the row states, without other names of the company that only repeat its name."""
    names = {str(one.value).casefold() for one in row.statements if one.attribute == "name"}
    return [
        one
        for one in row.statements
        if one.attribute not in _OTHER_NAMES or str(one.value).casefold() not in names
    ]
