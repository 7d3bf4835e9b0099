"""Real companies that the made lists start from, each once, with city and country."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LISTS = Path(__file__).parent / "lists"
_FORMS = frozenset(
    (
        *("ag", "ab", "as", "asa", "bv", "co", "corp", "corporation", "gmbh", "inc", "kg", "kk"),
        *("lda", "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "plc", "pte", "pty", "pvt"),
        *("sa", "sarl", "sas", "sl", "spa", "srl"),
    )
)
#: Forms and words of structure at the end of a name.
_ENDS = _FORMS | {"companies", "company", "group", "holding", "holdings"}
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_LATIN = re.compile(r"[\x20-\x7eÀ-ž’–]+")


@dataclass(frozen=True, slots=True)
class Company:
    """A company as its owner writes it."""

    entity: str
    name: str
    city: str
    country: str


def research_companies(folder: Path) -> list[Company]:
    """Return the companies of ROR with a Latin name that no other company has, in file order."""
    first: dict[str, Company] = {}
    with (folder / "matching/ror_companies.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = without_form(row["name"])
            if len(name) > 3 and _LATIN.fullmatch(name):
                one = Company(row["entity_id"], name, row["city"], row["country"])
                first.setdefault(one.entity, one)
    return distinct(list(first.values()))


def listed_companies(folder: Path) -> list[Company]:
    """Return the constituents of the S&P 500 whose name no other one has."""
    with (folder / "companies/sp500.csv").open(newline="", encoding="utf-8") as file:
        found = [
            Company(
                row["CIK"],
                without_form(row["Security"]),
                row["Headquarters Location"].split(",")[0],
                "US",
            )
            for row in csv.DictReader(file)
        ]
    return distinct(list({one.entity: one for one in found}.values()))


def table_of(file: str) -> Any:
    """Return the content of a file in `bench/lists`."""
    return yaml.safe_load((LISTS / file).read_text(encoding="utf-8"))


def without_form(name: str) -> str:
    """Return the name without brackets and without the legal forms at its end."""
    words = _BRACKETS.sub("", name).strip().split()
    while len(words) > 1 and re.sub(r"\W", "", words[-1].casefold()) in _FORMS:
        words.pop()
    return " ".join(words).rstrip(",")


def distinct(companies: list[Company]) -> list[Company]:
    """Leave out companies that have the same words as another one, but for those of structure."""
    letters = {one.entity: _letters(one.name) for one in companies}
    times = Counter(letters.values())
    return [one for one in companies if times[letters[one.entity]] == 1]


def _letters(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().removeprefix("the "))
    while len(words) > 1 and words[-1] in _ENDS:
        words.pop()
    return "".join(words)
