"""Write made lists of any length: companies of `.example` domains, with a fixed seed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

_STARTS = ("Al", "Bren", "Cor", "Dal", "Er", "Fal", "Gor", "Hel", "Is", "Jor", "Kel", "Lor")
_MIDDLES = ("a", "be", "di", "fo", "gu", "ka", "lu", "mi", "no", "pe", "ri", "so", "ta", "vo", "zu")
_ENDS = ("berg", "dorn", "fex", "gard", "ling", "mont", "nex", "ran", "sted", "tec", "vik", "wald")
_TRADES = ("Pumps", "Logistics", "Foods", "Software", "Valves", "Textiles", "Tools", "Optics")
_FORMS = ("GmbH", "AG", "Ltd", "SAS", "BV", "AB", "Oy", "SpA")
#: Country, its calling code, and towns.
_PLACES = (
    ("Germany", "+49 30", ("Berlin", "Kassel", "Ulm", "Bremen")),
    ("United Kingdom", "+44 20 7", ("London", "Leeds", "Bristol", "York")),
    ("France", "+33 1 4", ("Paris", "Lyon", "Nantes", "Lille")),
    ("Sweden", "+46 8", ("Stockholm", "Lund", "Umea", "Malmo")),
)
_INDUSTRIES = ("Mechanical engineering", "Software", "Food production", "Wholesale", "Logistics")


@dataclass(frozen=True, slots=True)
class Made:
    """What the columns of one row are made of."""

    number: int
    name: str
    country: str
    calling: str
    town: str
    chance: Random

    @property
    def domain(self) -> str:
        """A domain of its own."""
        return f"{self.name.lower().replace(' ', '-')}-{self.number}.example"


_TWELVE: tuple[tuple[str, Callable[[Made], str]], ...] = (
    ("Company", lambda one: one.name),
    ("Website", lambda one: f"https://www.{one.domain}"),
    ("Country", lambda one: one.country),
    ("City", lambda one: one.town),
    ("Postcode", lambda one: str(one.chance.randrange(10_000, 99_999))),
    ("Street", lambda one: f"Mill Road {one.chance.randrange(1, 200)}"),
    ("Phone", lambda one: f"{one.calling} {one.chance.randrange(10**6, 10**7)}"),
    ("Employees", lambda one: str(one.chance.randrange(1, 2_000))),
    ("Revenue (EUR)", lambda one: str(one.chance.randrange(10**5, 10**8))),
    ("Industry", lambda one: one.chance.choice(_INDUSTRIES)),
    ("Founded", lambda one: str(one.chance.randrange(1900, 2025))),
    ("Email", lambda one: f"info@{one.domain}"),
)


def write_list(path: Path, rows: int, columns: int, first: int = 0) -> None:
    """Write a CSV file: 12 columns that state facts, then short cells of columns that are kept.

    Rows of other numbers are other companies.
    """
    more = [f"Remark {place}" for place in range(1, columns - len(_TWELVE) + 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*(header for header, _ in _TWELVE), *more])
        for number in range(first, first + rows):
            made = _made(number)
            kept = [f"{made.chance.randrange(1000)}" for _ in more]
            out.writerow([*(cell(made) for _, cell in _TWELVE), *kept])


def _made(number: int) -> Made:
    chance = Random(number)
    coined = "".join((chance.choice(_STARTS), chance.choice(_MIDDLES), chance.choice(_MIDDLES)))
    country, calling, towns = chance.choice(_PLACES)
    name = f"{coined}{chance.choice(_ENDS)} {chance.choice(_TRADES)} {chance.choice(_FORMS)}"
    return Made(number, name, country, calling, chance.choice(towns), chance)
