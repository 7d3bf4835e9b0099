"""Make a list of names only, with the seats and legal forms that patent offices write behind them.

Companies of ROR, each under one to ten spellings: capitals, a form by country, the same form
written out, the seat or the country behind a comma, the state of incorporation between slashes,
`Koninklijke` in front, and rarely a typo. All spellings of a company have one form.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bench.base_companies import Company, research_companies, table_of
from bench.corrupt import typo

ROWS = 2_400
Tables = dict[str, list[list[str]]]
_SPELLINGS = (1, 1, 2, 3, 4, 5, 6, 8, 10)
_ROYAL = {"NL": ("Koninklijke ", "Royal "), "BE": ("Koninklijke ",)}


def rows(folder: Path, seed: int) -> Iterator[dict[str, str]]:
    """Yield the rows: number, entity and name."""
    rnd = random.Random(seed)
    tables: Tables = table_of("seats.yaml")
    companies = [one for one in research_companies(folder) if one.country in tables]
    rnd.shuffle(companies)
    made: list[dict[str, str]] = []
    for one in companies:
        forms = rnd.choice(tables[one.country])
        made.extend(
            {"entity_id": one.entity, "name": spelled(one, forms, tables, rnd)}
            for _ in range(rnd.choice(_SPELLINGS))
        )
        if len(made) >= ROWS:
            break

    rnd.shuffle(made)
    for number, row in enumerate(made):
        yield row | {"rec_id": str(number)}


def spelled(one: Company, forms: list[str], tables: Tables, rnd: random.Random) -> str:
    """Return the name as one office would write it."""
    text = plain(one.name) if rnd.random() < 0.3 else one.name
    if rnd.random() < 0.06:
        text = typo(text, rnd)
    if rnd.random() < 0.15:
        text = rnd.choice(_ROYAL.get(one.country, ("",))) + text
    if rnd.random() < 0.75:
        text = f"{text} {rnd.choice(forms)}"
    text += _behind(one, tables, rnd)
    return text.upper() if rnd.random() < 0.5 else text


def plain(text: str) -> str:
    """Return the text without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _behind(one: Company, tables: Tables, rnd: random.Random) -> str:
    """Return what stands behind the name: half of the time nothing."""
    ends = [f", {one.city}", f", {plain(one.city)}, {one.country}", f",{one.country}"]
    ends += [f" ({one.country})", f" - {one.city}"]
    if one.country == "US":
        ends += [f" /{rnd.choice(tables['states'][0])}/"] * 2
    return rnd.choice([*ends, *[""] * len(ends)])
