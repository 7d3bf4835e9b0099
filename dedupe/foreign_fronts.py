"""Words in front of a name that are a legal form elsewhere only: `SCI Mogara` of the US."""

from __future__ import annotations

import re
from collections.abc import Collection

from leads.lexicon.names.company_names import CompanyName
from leads.lexicon.names.legal_form_table import tables

_FIRST = re.compile(r"[A-Za-z]+")


def foreign_front(name: CompanyName, countries: Collection[str]) -> str:
    """Return the word in front that is a form in none of the countries; empty for none.

    `countries` are those of the rows with the name; "" is an unknown one.
    """
    found = tables()
    first = _FIRST.match(name.raw)
    if len(name.front_forms) != 1 or first is None or not any(countries):
        return ""
    word = first[0].lower()
    form = found.forms.get(name.front_forms[0])
    if word not in found.initials or form is None or not form.countries:
        return ""
    return "" if form.countries.intersection(countries) else word
