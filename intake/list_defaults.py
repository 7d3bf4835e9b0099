"""The country and currency of a whole list that states neither: as the user says, or as it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.cells import cleaned
from intake.country_evidence import excludes, possible_countries
from intake.mapping import LOCATION, ColumnMapping
from leads.lexicon.places.locations import parse_places
from leads.sheets.rows import Cells

#: How many rows must show a country, which share of all rows, and how many of these must agree.
_FEWEST, _SHARE, _AGREE = 3, 0.5, 0.95
_TOLD, _GUESSED, _ASSUMED = 0.8, 0.5, 0.4
#: From this share of rows whose places name a country, the list states its countries itself.
_STATES = 0.2
_DEFAULT = "the client's default"


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

    def country_for(self, cells: Sequence[str], mapping: ColumnMapping) -> str | None:
        """The country of a row that states none; one that nobody told must fit the row."""
        told = self.country_confidence == _TOLD
        if self.country and not told and excludes(cells, mapping, self.country):
            return None
        return self.country

    def notes(self) -> tuple[str, ...]:
        """What the user should know: a guess or an assumption, and how to correct it."""
        if not self.country or self.country_confidence == _TOLD:
            return ()
        if self.country_confidence == _ASSUMED:
            return (f"no country column: {self.country}, {_DEFAULT}; --country says otherwise",)
        return (f"country {self.country} {self.country_quote}; --country says otherwise",)


def list_defaults(
    country: str | None,
    currency: str | None,
    mapping: ColumnMapping,
    sample: Sequence[Cells],
    client_country: str | None = None,
) -> ListDefaults:
    """Return the defaults that the user states, else the country that the list shows, else the
    client's.

    What the list shows is about these companies, and the client's default about its lists in
    general, so the list comes first.
    """
    if country:
        return ListDefaults(country, "stated for the whole list", _TOLD, currency)
    if _states_countries(mapping, sample):
        return ListDefaults(currency=currency)
    guess = _guess(mapping, sample)
    if guess is None:
        if client_country:
            return ListDefaults(client_country, _DEFAULT, _ASSUMED, currency)
        return ListDefaults(currency=currency)
    code, rows = guess
    quote = (
        f"guessed for the whole list: {rows:,} of {len(sample):,} rows show it by states,"
        " postcodes, numbers and legal forms"
    )
    return ListDefaults(code, quote, _GUESSED, currency)


def _states_countries(mapping: ColumnMapping, sample: Sequence[Cells]) -> bool:
    """Check whether the list has countries of its own: in a column of them, or within places."""
    if _filled(mapping, "country", sample):
        return True
    places = _filled(mapping, LOCATION, sample)
    named = sum(1 for text in places if any(place.country for place in parse_places(text)))
    return bool(named) and named >= _STATES * len(places)


def _filled(mapping: ColumnMapping, field: str, sample: Sequence[Cells]) -> list[str]:
    """Return the cells of a field's columns that are not blank."""
    texts = (cleaned(cells[column.place]) for column in mapping.of(field) for cells in sample)
    return [text for text in texts if text]


def _guess(mapping: ColumnMapping, sample: Sequence[Cells]) -> tuple[str, int] | None:
    """Return the one country that nearly all telling rows show, and how many do."""
    possible = [countries for cells in sample if (countries := possible_countries(cells, mapping))]
    votes = Counter(next(iter(one)) for one in possible if len(one) == 1)
    if not votes:
        return None
    code, rows = votes.most_common(1)[0]
    against = sum(code not in one for one in possible)
    enough = rows >= max(_FEWEST, _SHARE * len(sample))
    return (code, rows) if enough and rows >= _AGREE * (rows + against) else None
