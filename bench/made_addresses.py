"""Make a list of names with the postal address in the same cell.

Companies of ROR and the S&P 500, each in one to four rows: the bare name, or the name and its
address behind a space, a comma or a line break, with or without a form. One in ten companies has
moved, and one in ten shares its address with the company before it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bench.base_companies import Company, distinct, listed_companies, research_companies, table_of
from bench.made_seats import plain

_COMPANIES = 950


def rows(folder: Path, seed: int) -> Iterator[dict[str, str]]:
    """Yield the rows: number, entity and the cell."""
    rnd = random.Random(seed)
    streets, forms = table_of("streets.yaml"), table_of("seats.yaml")
    companies = [
        one
        for one in distinct([*research_companies(folder), *listed_companies(folder)])
        if one.country in streets
    ]
    rnd.shuffle(companies)
    made: list[dict[str, str]] = []
    address, country = "", ""
    for one in sorted(companies[:_COMPANIES], key=lambda one: one.country):
        if one.country != country or rnd.random() > 0.1:
            address, country = _address(one, streets, rnd), one.country
        form = rnd.choice(rnd.choice(forms[one.country]))
        for _ in range(rnd.choice((1, 1, 2, 2, 3, 4))):
            if rnd.random() < 0.1:
                address = _address(one, streets, rnd)
            made.append({"entity_id": one.entity, "name": cell(one.name, form, address, rnd)})

    rnd.shuffle(made)
    for number, row in enumerate(made):
        yield row | {"rec_id": str(number)}


def cell(name: str, form: str, address: str, rnd: random.Random) -> str:
    """Return one cell: the name, mostly with its address."""
    text = f"{name} {form}" if rnd.random() < 0.7 else name
    if rnd.random() < 0.75:
        between = rnd.choice((" ", " ", ", ", " - ", "\n"))
        text += between + (address if rnd.random() < 0.7 else address.replace(",", ""))
    kind = rnd.random()
    return text.upper() if kind < 0.2 else plain(text) if kind < 0.4 else text


def _address(one: Company, streets: dict[str, list[str]], rnd: random.Random) -> str:
    return rnd.choice(streets[one.country]).format(
        n=rnd.randrange(1, 180), p=_postcode(one.country, rnd), c=one.city
    )


def _postcode(country: str, rnd: random.Random) -> str:
    digits = str(rnd.randrange(10_000, 99_999))
    letters = "".join(rnd.choice("ABDEGHKLMNPRSTW") for _ in range(4))
    shapes = {
        "GB": f"{letters[:2]}{digits[0]} {digits[1]}{letters[2:]}",
        "NL": f"{digits[:4]} {letters[:2]}",
        "CA": f"{letters[0]}{digits[0]}{letters[1]} {digits[1]}{letters[2]}{digits[2]}",
        "CH": digits[:4],
        "AU": digits[:4],
        "PT": f"{digits[:4]}-{digits[2:]}",
    }
    return shapes.get(country, digits)
