"""Find the marks that speak for or against a site being that of a row."""

from __future__ import annotations

from enrich.finding.country_marks import country_marks
from enrich.finding.name_marks import name_marks
from enrich.finding.page_marks import page_marks
from enrich.finding.place_marks import place_marks
from enrich.finding.shown import Shown
from enrich.finding.sight import Mark, sight
from enrich.finding.wanted import Wanted

__all__ = ["Mark", "marks"]

_NO_COMPANY = frozenset(
    ("error", "for_sale", "parked", "placeholder", "suspended", "not_found", "challenge")
)


def marks(wanted: Wanted, shown: Shown) -> list[Mark]:
    """Return every mark that the pages of a site show for or against it, in no order."""
    if _NO_COMPANY.intersection(shown.empty):
        return [Mark("no_company", ", ".join(shown.empty))]
    seen = sight(wanted, shown)
    return [*name_marks(seen), *country_marks(seen), *place_marks(seen), *page_marks(seen)]
