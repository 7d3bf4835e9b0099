"""Make a list of suppliers as staff of Brazilian public bodies type them: name and city.

A supplier is a trade, a name and a city; its shops in one city are one company. Spellings differ by
abbreviations, accents, capitals, the legal form, a shop number, the date of a receipt, the city
behind the name, a trade left out, and typos. The same name in another city or trade is another
company, and one in six companies has such a namesake.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.base_companies import table_of
from bench.corrupt import typo
from bench.made_seats import plain

ROWS = 2_000
Tables = dict[str, Any]
_SPELLINGS = (1, 1, 1, 2, 2, 3, 4, 6)


def rows(_folder: Path, seed: int) -> Iterator[dict[str, str]]:
    """Yield the rows: number, entity, name and city."""
    rnd = random.Random(seed)
    tables: Tables = table_of("suppliers.yaml")
    made: list[dict[str, str]] = []
    taken: set[tuple[str, str, str]] = set()
    while len(made) < ROWS:
        trade, name, city = (rnd.choice(tables[one]) for one in ("trades", "names", "cities"))
        other = rnd.choice(tables["cities"]) if rnd.random() < 0.17 else city
        for place in dict.fromkeys((city, other)):
            # Trades that share a first word are one trade here: "Posto" for both kinds of station.
            known = (trade.split()[0], name, place)
            if known not in taken and not _has_sister(taken, name, place):
                taken.add(known)
                made.extend(_spellings(f"{trade} {name}", place, tables, rnd, str(len(taken))))

    rnd.shuffle(made)
    for number, row in enumerate(made):
        yield row | {"rec_id": str(number)}


def _has_sister(taken: set[tuple[str, str, str]], name: str, city: str) -> bool:
    """Check for a company of this name and city in another trade: typed lists mix those up."""
    return any(known[1:] == (name, city) for known in taken)


def _spellings(
    name: str, city: str, tables: Tables, rnd: random.Random, entity: str
) -> Iterator[dict[str, str]]:
    form = rnd.choice(tables["forms"])
    for _ in range(rnd.choice(_SPELLINGS)):
        yield {
            "entity_id": entity,
            "name": typed(name, city, form, tables, rnd),
            "city": _typed_city(city, rnd),
        }


def typed(name: str, city: str, form: str, tables: Tables, rnd: random.Random) -> str:
    """Return the name as one clerk types it."""
    text = name
    for whole, *short in tables["words"]:
        if f"{whole} " in f"{text} " and rnd.random() < 0.4:
            text = f"{text} ".replace(f"{whole} ", f"{rnd.choice(short)} ", 1).strip()
    if rnd.random() < 0.1:
        text = typo(text, rnd)
    if rnd.random() < 0.3:
        text = f"{text} {form}"
    if rnd.random() < 0.2:
        text += rnd.choice(tables["numbers"]).format(n=rnd.randrange(1, 60), m=rnd.randrange(1, 13))
    if rnd.random() < 0.15:
        text += rnd.choice((" – ", " - ", " ")) + city
    kind = rnd.random()
    text = plain(text.replace("–", "-").replace("º", "o")) if kind < 0.5 else text
    return text.upper() if rnd.random() < 0.3 else text


def _typed_city(city: str, rnd: random.Random) -> str:
    kind = rnd.random()
    if kind < 0.1:
        return ""
    if kind < 0.16:
        return typo(city, rnd)
    return plain(city) if kind < 0.4 else city.upper() if kind < 0.5 else city
