"""Map industry codes of any scheme to NACE classes, and check whether a class is under a code.

NACE 2.0 and 2.1 are the two base revisions: every value maps to a set of classes of one of them.
Mappings between schemes keep every class a company can be in. So "all inside" and "all outside" are
certain, and everything else is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from leads.answers import Answer
from leads.lexicon.industries.code_tables import (
    isic_classes,
    linkedin,
    linkedin_former,
    nace,
    naics_classes,
    predecessors,
    successors,
    us_sic,
)
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
        return _home("nace2.1", _union("nace2.1", linkedin()[path])) if path else None
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
    if home == "nace2.1":
        return _codes_of_new_class(leaf, scheme)
    return _codes_of_old_class(leaf, scheme)


def _codes_of_new_class(leaf: str, scheme: str) -> frozenset[str]:
    """Return the codes of a NACE 2.1 class: LinkedIn maps to 2.1, all other schemes to 2.0."""
    if scheme == "linkedin":
        return _with_leaf(linkedin(), "nace2.1", leaf)
    return frozenset[str]().union(
        *(_codes_of("nace2.0", old, scheme) for old in predecessors()[leaf])
    )


def _codes_of_old_class(leaf: str, scheme: str) -> frozenset[str]:
    """Return the codes of a NACE 2.0 class; LinkedIn is reached through NACE 2.1."""
    if scheme == "nace2.1":
        return successors()[leaf]
    if scheme == "isic4":
        return frozenset({isic_classes()[leaf]})
    if scheme == "naics":
        return frozenset(code for code, classes in naics_classes().items() if leaf in classes)
    if scheme == "sic":
        return _with_leaf(us_sic(), "nace2.0", leaf)
    return frozenset[str]().union(
        *(_codes_of("nace2.1", new, scheme) for new in successors()[leaf])
    )


def _with_leaf(prefixes_of: Mapping[str, tuple[str, ...]], home: str, leaf: str) -> frozenset[str]:
    """Return the codes whose NACE prefixes include the class."""
    return frozenset(
        code for code, prefixes in prefixes_of.items() if leaf in _union(home, prefixes)
    )


@cache
def renumbered(prefix: str) -> frozenset[str]:
    """Return the NACE 2.1 classes of the companies under a NACE 2.0 code."""
    return frozenset[str]().union(*(successors()[old] for old in expand("nace2.0", prefix)))


def _of_isic(code: str) -> frozenset[str]:
    if code.isalpha():
        return expand("nace2.0", code.upper())
    return frozenset(
        name for name, isic in isic_classes().items() if code.isdigit() and isic.startswith(code)
    )


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
        found = [classes for name, classes in naics_classes().items() if name.startswith(parts)]
        if found:
            return frozenset[str]().union(*found) if all(found) else frozenset()
        parts = (parts[0][:-1],)
    return frozenset()


def _of_sic(code: str) -> frozenset[str]:
    """Read five digits as British (NACE 2.0 plus one digit), fewer as American."""
    if code in _NOT_NACE or own_code(IndustryCode("sic", code)) is None:
        return frozenset()
    if len(code) == 5:
        return expand("nace2.0", code[:4])

    found = _american_below(code) if len(code) < 4 else [_longest_listed(code)]
    return _union("nace2.0", tuple(part for one in found if one for part in us_sic()[one]))


def _american_below(code: str) -> list[str]:
    """Return the listed American codes that begin as a short code does."""
    prefix = _longest_listed(code)
    return [listed for listed in us_sic() if prefix and listed.startswith(prefix)]


def _longest_listed(code: str) -> str:
    """Return the longest beginning of a code, of two to four digits, that the table lists."""
    beginnings = (code[:size] for size in range(min(len(code), 4), 1, -1))
    return next((beginning for beginning in beginnings if beginning in us_sic()), "")


@cache
def _linkedin_names() -> Mapping[str, str]:
    names = {_plain(path.rsplit(" > ", 1)[-1]): path for path in linkedin()}
    former = {_plain(old): names[_plain(new)] for old, new in linkedin_former().items()}
    return former | names


def linkedin_path(name: str) -> str | None:
    """Return the path of a LinkedIn industry in its hierarchy, by name or path."""
    return _linkedin_names().get(_plain(_LINKS.split(name.strip())[-1]))


def linkedin_names() -> tuple[str, ...]:
    """Return the names of all LinkedIn industries."""
    return tuple(path.rsplit(" > ", 1)[-1] for path in linkedin())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").replace(",", " ").split())
