"""The tables of industry codes, and how those of one scheme map to those of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from leads.lexicon.reference import rows


@cache
def nace(home: str) -> Mapping[str, str]:
    """Return the classes of a revision (`nace2.0`, `nace2.1`), each with its section letter."""
    return {row[1]: row[2] for row in rows("nace.tsv") if f"nace{row[0]}" == home}


@cache
def successors() -> Mapping[str, frozenset[str]]:
    """Return the NACE 2.1 classes of each NACE 2.0 class."""
    return {
        row[1]: frozenset(row[4].split() or [row[1]]) for row in rows("nace.tsv") if row[0] == "2.0"
    }


@cache
def predecessors() -> Mapping[str, frozenset[str]]:
    """Return the NACE 2.0 classes of each NACE 2.1 class."""
    found: dict[str, set[str]] = {name: set() for name in nace("nace2.1")}
    for old, news in successors().items():
        for new in news:
            found[new].add(old)
    return {new: frozenset(olds) for new, olds in found.items()}


@cache
def isic_classes() -> Mapping[str, str]:
    """Return the ISIC class of each NACE 2.0 class."""
    return {row[1]: row[3] for row in rows("nace.tsv") if row[0] == "2.0"}


@cache
def naics_classes() -> Mapping[str, frozenset[str]]:
    """Return the NACE 2.0 classes of each NAICS code."""
    by_isic: dict[str, set[str]] = defaultdict(set)
    for name, isic in isic_classes().items():
        by_isic[isic].add(name)
    table = {
        code: [by_isic.get(isic, set()) for isic in isics.split()]
        for code, isics in rows("naics.tsv")
    }
    # If a code links to an ISIC class that NACE lacks, return no classes: the rest would be
    # incomplete.
    return {
        code: frozenset[str]().union(*links) if all(links) else frozenset()
        for code, links in table.items()
    }


@cache
def us_sic() -> Mapping[str, tuple[str, ...]]:
    """Return the NACE 2.0 prefixes of each American SIC code."""
    return {code: tuple(prefixes.split()) for code, prefixes in rows("us_sic.tsv")}


@cache
def linkedin() -> Mapping[str, tuple[str, ...]]:
    """Return the NACE 2.1 prefixes of each LinkedIn path."""
    return {path: tuple(prefixes.split()) for path, prefixes in rows("linkedin.tsv")}


@cache
def linkedin_former() -> Mapping[str, str]:
    """Return the LinkedIn industry that replaced each one of before version 2."""
    return {row[0]: row[1] for row in rows("linkedin_former.tsv")}
