"""The lists with known truth that dedupe is measured on, by name.

`100000@11` is a list of 100,000 rows that `bench/corrupt.py` makes with seed 11 (7 if none is
given). `seats`, `addresses`, `suppliers` and `issuers` are made by `bench/made_*.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import made_addresses, made_issuers, made_seats, made_suppliers
from bench.corrupt import COLUMNS, rows
from dedupe.record import Key, MatchRecord
from leads.lexicon.places.countries import country_code

Row = dict[str, str]
_SEED = 7


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _chicago(row: Row) -> MatchRecord:
    return MatchRecord(
        row["rec_id"],
        row["name"],
        street=row["address"],
        postcode=row["zip"],
        phones=_one(row["phone"]),
    )


def _ror(row: Row) -> MatchRecord:
    """Use name and country only: the other columns were copied from the entity."""
    return MatchRecord(row["rec_id"], row["name"], country=row["country"])


def _synthetic(row: Row) -> MatchRecord:
    country = country_code(row["country"]) or row["country"]
    return MatchRecord(
        row["rec_id"], row["name"], country=country, city=row["city"], domains=_one(row["domain"])
    )


def _made(row: Row) -> MatchRecord:
    return MatchRecord(
        int(row["rec_id"]),
        row["name"],
        country=row["country"],
        city=row["city"],
        postcode=row["postcode"],
        domains=_one(row["domain"]),
        phones=_one(row["phone"]),
    )


def _employer(row: Row) -> MatchRecord:
    return MatchRecord(
        row["rec_id"],
        row["EmployerName"],
        country="GB",
        postcode=row["PostCode"],
        street=row["Address"],
    )


def _read(path: Path) -> Iterator[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _employers(folder: Path) -> Iterator[Row]:
    for year in ("2019", "2021"):
        for at, row in enumerate(_read(folder / f"companies/uk-employers-{year}.csv")):
            if row["CompanyNumber"]:
                yield row | {"rec_id": f"{year}-{at}", "entity_id": row["CompanyNumber"]}


def _name_only(row: Row) -> MatchRecord:
    return MatchRecord(row["rec_id"], row["name"])


def _supplier(row: Row) -> MatchRecord:
    return MatchRecord(row["rec_id"], row["name"], city=row["city"])


SETS: dict[str, tuple[Callable[[Path], Iterator[Row]], Callable[[Row], MatchRecord]]] = {
    "chicago_ecp": (lambda folder: _read(folder / "matching/chicago_ecp.csv"), _chicago),
    "ror_companies": (lambda folder: _read(folder / "matching/ror_companies.csv"), _ror),
    "synthetic_10k": (lambda folder: _read(folder / "matching/synthetic_10k.csv"), _synthetic),
    "uk_employers": (_employers, _employer),
    "seats": (lambda folder: made_seats.rows(folder, _SEED), _name_only),
    "addresses": (lambda folder: made_addresses.rows(folder, _SEED), _name_only),
    "suppliers": (lambda folder: made_suppliers.rows(folder, _SEED), _supplier),
    "issuers": (lambda folder: made_issuers.rows(folder, _SEED), _name_only),
}


def load(name: str, folder: Path) -> tuple[list[MatchRecord], dict[Key, str]]:
    """Return the rows of a set and the entity of each."""
    count, _, seed = name.partition("@")
    if count.isdigit():
        made: Iterator[Row] = (
            dict(zip(COLUMNS, row, strict=True))
            for row in rows(int(count), folder, int(seed or _SEED))
        )
        pairs = [(_made(row), row["entity_id"]) for row in made]
    else:
        read, record = SETS[name]
        pairs = [(record(row), row["entity_id"]) for row in read(folder)]
    return [one for one, _ in pairs], {one.key: truth for one, truth in pairs}
