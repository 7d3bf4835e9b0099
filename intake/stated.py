"""The values of a row that identify its company, for files that are matched and not stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from intake.cell_readers import READERS, Cell, CellValue
from intake.cells import cleaned, values
from intake.mapping import LOCATION, POSTCODE_CITY, Column, ColumnMapping
from leads.lexicon.domains import company_domain
from leads.lexicon.emails import parse_email
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.locations import parse_places
from leads.lexicon.places.postcodes import postcode

#: The fields read; the country comes first, as national phone numbers are read by it.
FIELDS = (
    "country",
    POSTCODE_CITY,
    LOCATION,
    "city",
    "postcode",
    "street",
    "legal_name",
    "alias",
    "former_name",
    "legal_form",
    "register_number",
    "vat_id",
    "lei",
    "website",
    "domain",
    "phone",
    "email",
)
_MANY = frozenset(("legal_name", "alias", "former_name", "domain", "phone"))
_OF_COUNTRY = frozenset(("phone", "postcode", POSTCODE_CITY))
_FEWEST_DIGITS = 6
#: What many rows have: what was read of such cells is kept. Each company has a domain or a phone of
#: its own, so looking for it among others would take longer than reading it.
_SHARED = frozenset(("country", LOCATION, "city", "legal_form"))
#: Cells of a column that are kept, and the longest of them.
_CELLS, _LONGEST_KEPT = 1 << 14, 80
#: A longer city or street is none.
_LONGEST_PLAIN = 300

Stated = dict[str, list[str]]
#: Attributes and values of one cell.
_Said = Sequence[tuple[str, str]]


def name_of(cells: Sequence[str], mapping: ColumnMapping) -> str:
    """The company's name as the row writes it."""
    return cleaned(cells[mapping.of("name")[0].place])


class StatedColumns:
    """The columns of a list that identify a company, in the order in which they are read."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._columns = [
            (column.place, field in _OF_COUNTRY, _reader(column))
            for field in FIELDS
            for column in mapping.of(field)
        ]

    def of_row(self, cells: Sequence[str]) -> Stated:
        """The values a row states, by attribute; of one that a company has once, the first."""
        found: Stated = {}
        for place, is_of_country, read in self._columns:
            if cell := cells[place]:
                country = found["country"][0] if is_of_country and "country" in found else None
                for attribute, value in read(cell, country):
                    here = found.get(attribute)
                    if here is None:
                        found[attribute] = [value]
                    elif attribute in _MANY and value not in here:
                        here.append(value)
        return found


def _reader(column: Column) -> Callable[[str, str | None], _Said]:
    """What reads the cells of a column, given the row's country."""
    said = _SAID.get(column.field)

    def read(cell: str, country: str | None) -> _Said:
        if not (cell := cleaned(cell)):
            return ()
        return said(cell, country) if said else _by_reader(Cell(cell, column, country))

    if column.field not in _SHARED:
        return read
    kept = lru_cache(maxsize=_CELLS)(read)
    return lambda cell, country: (kept if len(cell) <= _LONGEST_KEPT else read)(cell, country)


def _by_reader(cell: Cell) -> _Said:
    """What an import reads, as far as it identifies a company."""
    return [(one.attribute, str(one.value)) for one in READERS[cell.field](cell) if _tells(one)]


def _tells(one: CellValue) -> bool:
    return one.attribute in FIELDS


def _plain(field: str) -> Callable[[str, str | None], _Said]:
    """Take the cell as it is."""
    return lambda cell, _: ((field, cell),) if len(cell) <= _LONGEST_PLAIN else ()


def _place(cell: str, _: str | None) -> _Said:
    """One place is the company's; several say nothing of where it is."""
    places = parse_places(cell)
    if len(places) != 1:
        return ()
    stated = (("country", places[0].country), ("city", places[0].city))
    return [(name, value) for name, value in stated if value]


def _postcode(cell: str, country: str | None) -> _Said:
    found = postcode(cell, country)
    return (("postcode", found),) if found else ()


def _website(cell: str, _: str | None) -> _Said:
    return _domains(map(company_domain, values(cell, commas=False)))


def _domain(cell: str, _: str | None) -> _Said:
    return _domains(map(company_domain, values(cell)))


def _email(cell: str, _: str | None) -> _Said:
    return _domains(map(_mail_domain, values(cell)))


def _domains(found: Iterable[str | None]) -> _Said:
    return [("domain", domain) for domain in found if domain]


def _mail_domain(text: str) -> str | None:
    email = parse_email(text) if "@" in text else None
    return company_domain(email.domain) if email else None


def _phones(cell: str, country: str | None) -> _Said:
    """Numbers in E.164; those of a plan nobody knows as their digits, which are the same in every
    row that has them.
    """
    texts = values(cell)
    read = [("phone", number) for text in texts if (number := parse_phone(text, country))]
    if read:
        return read
    digits = ("".join(filter(str.isdigit, text)) for text in texts)
    return [("phone", some) for some in digits if _FEWEST_DIGITS <= len(some) <= 15]


#: How cells are read that say less here than in an import, or that each row has.
_SAID: dict[str, Callable[[str, str | None], _Said]] = {
    "city": _plain("city"),
    "street": _plain("street"),
    LOCATION: _place,
    "postcode": _postcode,
    "website": _website,
    "domain": _domain,
    "email": _email,
    "phone": _phones,
}
