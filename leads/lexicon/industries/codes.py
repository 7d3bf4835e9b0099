"""Map industry codes of any scheme to NACE classes, and check whether a class is under a code.

NACE 2.0 and 2.1 are the two base revisions: every value maps to a set of classes of one of them.
Mappings between schemes keep every class a company can be in. So "all inside" and "all outside" are
certain, and everything else is unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from leads.answers import Answer
from leads.lexicon.reference import rows
from leads.values import IndustryCode

NACE = ("nace2.0", "nace2.1")
SCHEMES = (*NACE, "naics", "sic", "isic4", "linkedin")
#: British SIC codes that share a number with NACE but differ in meaning, and those for dormant
#: companies.
_NOT_NACE = frozenset({"74990", "98000", "99999"})
_NACE_CODE = re.compile(r"[A-V]|[A-V]?([0-9]{2})\.?([0-9]{1,2})?\.?[0-9]?[A-Z]?")
_LINKS = re.compile(r"\s*(?:->|>|›|»)\s*")


class Leaves(NamedTuple):
    """The NACE classes of one revision that a company may be in."""

    home: str
    classes: frozenset[str]


@cache
def nace(home: str) -> Mapping[str, str]:
    """Return the classes of a revision (`nace2.0`, `nace2.1`), each with its section letter."""
    return {row[1]: row[2] for row in rows("nace.tsv") if f"nace{row[0]}" == home}


@cache
def expand(home: str, prefix: str) -> frozenset[str]:
    """Return the classes under a section letter, division, group or class; empty if unknown."""
    code = prefix.replace(".", "")
    if code.isalpha():
        return frozenset(name for name, section in nace(home).items() if section == code)
    return frozenset(name for name in nace(home) if code and name.startswith(code))


def read_nace(text: str) -> str | None:
    """Normalise a NACE code: `62.01Z`, `C25.62`, `62.100` → `6201`, `2562`, `6210`; None if
    invalid.
    """
    code = text.strip().upper()
    match = _NACE_CODE.fullmatch(code)
    if not match:
        return None
    return code if code.isalpha() else match[1] + (match[2] or "")


@cache
def leaves(value: IndustryCode) -> Leaves | None:
    """Return the classes a company with this code may be in; None if the code is unknown."""
    scheme, code = value.scheme, value.code.strip()
    if scheme in NACE:
        return _home(scheme, expand(scheme, read_nace(code) or "-"))
    if scheme == "isic4":
        return _home("nace2.0", _of_isic(code))
    if scheme == "naics":
        return _home("nace2.0", _of_naics(code))
    if scheme == "sic":
        return _home("nace2.0", _of_sic(code))
    if scheme == "linkedin":
        path = linkedin_path(code)
        return _home("nace2.1", _union("nace2.1", _linkedin()[path])) if path else None
    return None


def own_code(value: IndustryCode) -> str | None:
    """Normalise the value's code for comparing within its scheme; None if unknown or ambiguous.

    American and British SIC share a name and differ in length, and a British code whose leading
    zero a spreadsheet dropped looks American.
    """
    code = value.code.strip()
    if value.scheme == "linkedin":
        return linkedin_path(code)
    if value.scheme == "sic":
        robbed = len(code) == 4 and code.endswith("0") and f"0{code[:3]}" in nace("nace2.0")
        return None if robbed or not code.isdigit() else f"GB {code}" if len(code) == 5 else code
    return code


def _home(home: str, classes: frozenset[str]) -> Leaves | None:
    return Leaves(home, classes) if classes else None


@cache
def _union(home: str, prefixes: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(expand(home, prefix) for prefix in prefixes))


def lies_in(home: str, leaf: str, scheme: str, code: str) -> Answer:
    """Check whether a company of this NACE class has `code`, or a code under it, in `scheme`."""
    inside = touching = total = 0
    for own in _codes_of(home, leaf, scheme):
        total += 1
        inside += is_under(scheme, own, code)
        touching += is_under(scheme, own, code) or is_under(scheme, code, own)
    if total == inside and total:
        return Answer.YES
    return Answer.UNKNOWN if touching or not total else Answer.NO


def is_under(scheme: str, code: str, above: str) -> bool:
    """Check whether a code equals or is under `above`; both normalised and of one scheme."""
    if scheme in NACE and above.isalpha():
        return code == above or nace(scheme).get(code) == above
    if scheme == "linkedin":
        return f"{code} > ".startswith(f"{above} > ")
    return (
        any(code.startswith(part) for part in naics_parts(above))
        if scheme == "naics"
        else code.startswith(above)
    )


@cache
def _codes_of(home: str, leaf: str, scheme: str) -> frozenset[str]:
    """Return the codes of another scheme that companies of a NACE class may have."""
    if scheme == home:
        return frozenset({leaf})
    if scheme == "linkedin" and home == "nace2.1":
        return frozenset(
            path for path, prefixes in _linkedin().items() if leaf in _union(home, prefixes)
        )
    if scheme == "nace2.1" and home == "nace2.0":
        return _successors()[leaf]
    if home == "nace2.1":
        return frozenset[str]().union(
            *(_codes_of("nace2.0", old, scheme) for old in _predecessors()[leaf])
        )
    if scheme == "isic4":
        return frozenset({_isic()[leaf]})
    if scheme == "naics":
        return frozenset(code for code, classes in _naics().items() if leaf in classes)
    if scheme == "sic":
        return frozenset(
            code for code, prefixes in _us_sic().items() if leaf in _union(home, prefixes)
        )
    return frozenset[str]().union(
        *(_codes_of("nace2.1", new, scheme) for new in _successors()[leaf])
    )


@cache
def _successors() -> Mapping[str, frozenset[str]]:
    return {
        row[1]: frozenset(row[4].split() or [row[1]]) for row in rows("nace.tsv") if row[0] == "2.0"
    }


@cache
def renumbered(prefix: str) -> frozenset[str]:
    """Return the NACE 2.1 classes of the companies under a NACE 2.0 code."""
    return frozenset[str]().union(*(_successors()[old] for old in expand("nace2.0", prefix)))


@cache
def _predecessors() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in nace("nace2.1")}
    for old, news in _successors().items():
        for new in news:
            found[new].add(old)
    return {new: frozenset(olds) for new, olds in found.items()}


@cache
def _isic() -> Mapping[str, str]:
    return {row[1]: row[3] for row in rows("nace.tsv") if row[0] == "2.0"}


def _of_isic(code: str) -> frozenset[str]:
    if code.isalpha():
        return expand("nace2.0", code.upper())
    return frozenset(
        name for name, isic in _isic().items() if code.isdigit() and isic.startswith(code)
    )


@cache
def _naics() -> Mapping[str, frozenset[str]]:
    by_isic: dict[str, set[str]] = defaultdict(set)
    for name, isic in _isic().items():
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


def naics_parts(code: str) -> tuple[str, ...]:
    """Split `31-33` into sectors 31, 32 and 33; return any other code unchanged."""
    first, _, last = code.partition("-")
    if last and len(first) == len(last) == 2 and (first + last).isdigit():
        return tuple(str(sector) for sector in range(int(first), int(last) + 1))
    return (code,)


@cache
def _of_naics(code: str) -> frozenset[str]:
    """Read later editions by their longest known prefix; sector numbers are stable."""
    parts = naics_parts(code)
    while len(parts[0]) >= 2:
        found = [classes for name, classes in _naics().items() if name.startswith(parts)]
        if found:
            return frozenset[str]().union(*found) if all(found) else frozenset()
        parts = (parts[0][:-1],)
    return frozenset()


@cache
def _us_sic() -> Mapping[str, tuple[str, ...]]:
    return {code: tuple(prefixes.split()) for code, prefixes in rows("us_sic.tsv")}


def _of_sic(code: str) -> frozenset[str]:
    """Read five digits as British (NACE 2.0 plus one digit), fewer as American."""
    if code in _NOT_NACE or own_code(IndustryCode("sic", code)) is None:
        return frozenset()
    if len(code) == 5:
        return expand("nace2.0", code[:4])
    prefix = next(
        (code[:size] for size in range(min(len(code), 4), 1, -1) if code[:size] in _us_sic()), ""
    )
    under = (
        [code for code in _us_sic() if prefix and code.startswith(prefix)]
        if len(code) < 4
        else [prefix]
    )
    return _union("nace2.0", tuple(part for found in under if found for part in _us_sic()[found]))


@cache
def _linkedin() -> Mapping[str, tuple[str, ...]]:
    return {path: tuple(prefixes.split()) for path, prefixes in rows("linkedin.tsv")}


@cache
def _linkedin_names() -> Mapping[str, str]:
    return {_plain(path.rsplit(" > ", 1)[-1]): path for path in _linkedin()}


def linkedin_path(name: str) -> str | None:
    """Return the path of a LinkedIn industry in its hierarchy, by name or path."""
    return _linkedin_names().get(_plain(_LINKS.split(name.strip())[-1]))


def linkedin_names() -> tuple[str, ...]:
    """Return the names of all LinkedIn industries."""
    return tuple(path.rsplit(" > ", 1)[-1] for path in _linkedin())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").replace(",", " ").split())
