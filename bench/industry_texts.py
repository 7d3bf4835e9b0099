"""Texts with the NACE 2.0 divisions of those they describe: what the model of industries learns from.

Each text has the folder or file it comes from. Of lists of employers, one half is kept for measuring.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from leads.lexicon.industries.code_tables import predecessors
from leads.lexicon.industries.codes import leaves
from leads.lexicon.industries.words import industries
from leads.lexicon.reference import read_yaml
from leads.values import IndustryCode

OWN = Path(__file__).parent / "industry"
SEEDS = ("seeds_goods.yaml", "seeds_services.yaml")
#: Titles tell what a class leaves out: `Growing of cereals (except rice)`.
_EXCEPT = re.compile(
    r"(?:\(?\b(?:except|other than|excluding|not)\b|à l.exc|sauf|hors|unntatt|unnateke).*",
    re.IGNORECASE,
)
#: A name is in more divisions than this: it says too little.
_MOST_DIVISIONS = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, how much of it is about each division (the sum is 1), and where it comes from."""

    text: str
    divisions: Mapping[str, float]
    source: str


def seeds() -> Iterator[Labelled]:
    """Yield the words written for Sluice, one text a word or phrase."""
    for name in SEEDS:
        for divisions, languages in read_yaml((OWN / name).read_bytes()).items():
            named = divisions.split()
            shares = {one: 1 / len(named) for one in named}
            for line in languages.values():
                for phrase in line.split(","):
                    yield Labelled(phrase.strip(), shares, "seeds")


def lexicon() -> Iterator[Labelled]:
    """Yield the words of `leads/lexicon/data/industries.yaml` that mean few divisions."""
    for one in industries().values():
        shares = _shares(one.inside["nace2.0"])
        if shares:
            for word in one.words:
                yield Labelled(word, shares, "lexicon")


def titles(data: Path) -> Iterator[Labelled]:
    """Yield the titles of classifications: NACE, NAICS, the French and the Norwegian one."""
    folder = data / "industry"
    for home in ("nace2.0", "nace2.1"):
        name = f"nace_rev{home[-3:].replace('.', '_')}.csv"
        for row in _rows(folder / name):
            if row["code"][:2].isdigit():
                yield from _titled(row["label"], IndustryCode(home, row["code"]), "nace")
    for row in _rows(folder / "naics2017_to_isic4.csv"):
        yield from _titled(row["naics_title"], IndustryCode("naics", row["naics2017"]), "naics")
    for code, title in json.loads((folder / "fr_codes_naf.json").read_text("utf-8")).items():
        yield from _titled(title, IndustryCode("nace2.0", code), "naf")
    for row in _rows(folder / "no_sn2007_to_sn2025_retired_codes.csv"):
        code = IndustryCode("nace2.0", row["sn2007"][:5])
        yield from _titled(row["old_name"], code, "norway")


def linkedin(data: Path) -> Iterator[Labelled]:
    """Yield the definitions of LinkedIn's industries."""
    listed = json.loads((data / "industry" / "linkedin_industry_codes_v2.json").read_text("utf-8"))
    for one in listed["industries"]:
        text = f"{one['label']}. {one['description'] or ''}"
        yield from _titled(text, IndustryCode("linkedin", one["label"]), "linkedin")


def employers(data: Path) -> Iterator[Labelled]:
    """Yield names of British employers and companies with the SIC codes that they filed."""
    seen: set[str] = set()
    for year in ("2021", "2019"):
        for row in _rows(data / "companies" / f"uk-employers-{year}.csv"):
            if row["EmployerName"].casefold() not in seen:
                seen.add(row["EmployerName"].casefold())
                codes = re.findall(r"\d{4,5}", row["SicCodes"])
                yield from _named(row["EmployerName"], codes)
    for row in _rows(data / "companies" / "companies-house-sample.csv"):
        texts = [row[f"SICCode.SicText_{place}"] for place in range(1, 5)]
        yield from _named(row["CompanyName"], [text[:5] for text in texts if text[:5].isdigit()])


def startups(data: Path) -> Iterator[Labelled]:
    """Yield one line of each young company whose market names its division."""
    markets = read_yaml((OWN / "markets.yaml").read_bytes())
    for row in _rows(data / "companies" / "yc.csv"):
        divisions = markets.get(row["subindustry"], "").split()
        if divisions and row["one_liner"]:
            shares = dict.fromkeys(divisions, 1 / len(divisions))
            yield Labelled(row["one_liner"], shares, "startups")


def described() -> list[Labelled]:
    """Return the invented companies as their pages describe them; no division: nothing is told."""
    found = []
    for divisions, text in read_yaml((OWN / "described.yaml").read_bytes()):
        named = divisions.split()
        found.append(Labelled(text, {one: 1 / len(named) for one in named}, "described"))
    return found


def is_kept_out(one: Labelled) -> bool:
    """Check whether a text is in the half that is never learned from."""
    return sha256(one.text.casefold().encode()).digest()[0] % 2 == 0


@cache
def common() -> frozenset[str]:
    """Return words that pages of any industry hold."""
    stated: str = read_yaml((OWN / "common.yaml").read_bytes())["common"]
    return frozenset(stated.split())


def divisions_of(code: IndustryCode) -> dict[str, float]:
    """Return the share of each NACE 2.0 division among the classes of a code; empty if unknown."""
    known = leaves(code)
    if known is None:
        return {}
    if known.home == "nace2.0":
        return _shares(known.classes)
    olds = Counter(old[:2] for new in known.classes for old in predecessors()[new])
    return {name: count / olds.total() for name, count in olds.items()}


def _shares(classes: frozenset[str]) -> dict[str, float]:
    counted = Counter(name[:2] for name in classes)
    if not 0 < len(counted) <= _MOST_DIVISIONS:
        return {}
    return {name: count / counted.total() for name, count in counted.items()}


def _titled(title: str, code: IndustryCode, source: str) -> Iterator[Labelled]:
    shares = divisions_of(code)
    if 0 < len(shares) <= _MOST_DIVISIONS:
        yield Labelled(_EXCEPT.sub("", title), shares, source)


def _named(name: str, codes: list[str]) -> Iterator[Labelled]:
    found: Counter[str] = Counter()
    for code in codes:
        # A spreadsheet dropped the leading zero of some.
        found.update(divisions_of(IndustryCode("sic", code.zfill(5))))
    if found:
        whole = sum(found.values())
        yield Labelled(name, {one: share / whole for one, share in found.items()}, "employers")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
