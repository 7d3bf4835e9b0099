"""The country and currency of a whole list that states neither: as the user says, or as it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.cell_readers import name_parts
from intake.cells import cleaned
from intake.country_evidence import shown_country
from intake.mapping import LOCATION, ColumnMapping
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.postcodes import countries_of_digits
from leads.lexicon.places.regions import states_by_code
from leads.sheets.rows import Cells

#: How many rows must show a country, which share of all rows, and how many of these must agree.
_FEWEST, _SHARE, _AGREE = 3, 0.5, 0.95
_TOLD, _GUESSED = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class ListDefaults:
    """What counts for every row that states nothing itself."""

    country: str | None = None
    #: The source text of the country, and how sure it is.
    country_quote: str = ""
    country_confidence: float = _TOLD
    currency: str | None = None

    @property
    def currency_quote(self) -> str:
        """The source text of the currency."""
        return f"currency {self.currency} stated for the whole list" if self.currency else ""

    @property
    def key(self) -> str:
        """Differs for defaults that make other facts of the same rows."""
        return f"\x1d{self.country}\x1d{self.currency}" if self.country or self.currency else ""

    def notes(self) -> tuple[str, ...]:
        """What the user should know: a guess, and how to correct it."""
        if not self.country or self.country_confidence != _GUESSED:
            return ()
        return (f"country {self.country} {self.country_quote}; --country says otherwise",)


def list_defaults(
    country: str | None, currency: str | None, mapping: ColumnMapping, sample: Sequence[Cells]
) -> ListDefaults:
    """Return the defaults that the user states, else the country that the list shows."""
    if country:
        return ListDefaults(country, "stated for the whole list", _TOLD, currency)
    if mapping.of("country") or mapping.of(LOCATION):
        return ListDefaults(currency=currency)
    guess = _guess(mapping, sample)
    if guess is None:
        return ListDefaults(currency=currency)
    code, rows = guess
    quote = (
        f"guessed for the whole list: {rows:,} of {len(sample):,} rows show it by states,"
        " postcodes, numbers and legal forms"
    )
    return ListDefaults(code, quote, _GUESSED, currency)


def _guess(mapping: ColumnMapping, sample: Sequence[Cells]) -> tuple[str, int] | None:
    """Return the one country that nearly all telling rows show, and how many do."""
    possible = [countries for cells in sample if (countries := _possible(cells, mapping))]
    votes = Counter(next(iter(one)) for one in possible if len(one) == 1)
    if not votes:
        return None
    code, rows = votes.most_common(1)[0]
    against = sum(code not in one for one in possible)
    enough = rows >= max(_FEWEST, _SHARE * len(sample))
    return (code, rows) if enough and rows >= _AGREE * (rows + against) else None


def _possible(cells: Cells, mapping: ColumnMapping) -> frozenset[str]:
    """Return the countries that fit all that a row shows; empty if it shows nothing."""
    shown = shown_country(cells, mapping)
    if shown:
        return frozenset({shown.country})
    found = [_of_form(cells, mapping), _of_state(cells, mapping), _of_postcode(cells, mapping)]
    telling = [countries for countries in found if countries]
    return frozenset.intersection(*telling) if telling else frozenset()


def _of_form(cells: Cells, mapping: ColumnMapping) -> frozenset[str]:
    parsed = name_parts(cleaned(cells[mapping.of("name")[0].place]))
    forms = [form for form in parsed.forms if form not in parsed.front_forms]
    known = tables().forms
    return known[forms[0]].countries if forms and forms[0] in known else frozenset()


def _of_state(cells: Cells, mapping: ColumnMapping) -> frozenset[str]:
    for column in mapping.of("region"):
        states = states_by_code(cleaned(cells[column.place]))
        if states:
            return frozenset(state.country for state in states)
    return frozenset()


def _of_postcode(cells: Cells, mapping: ColumnMapping) -> frozenset[str]:
    for column in mapping.of("postcode"):
        found = countries_of_digits(cleaned(cells[column.place]))
        if found:
            return found
    return frozenset()
