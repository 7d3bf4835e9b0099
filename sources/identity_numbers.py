"""Compare the numbers of a company with those of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from leads.register_entries import entry_key
from sources.answers import Entry
from sources.identity_marks import Mark, table
from sources.subject import Subject

_NOT_PLAIN = re.compile(r"[^A-Z0-9]")
_NOT_DIGIT = re.compile(r"[^0-9]")
_LETTER = re.compile(r"[^\W\d_]")
#: German courts: `Amtsgericht Kiel HRB 123 KI`.
_COURT = re.compile(r"(HR[AB]|GNR|VR|PR|GSR)[^0-9]{0,12}([0-9]{1,7})")
_LOCAL = "local"
#: A spreadsheet drops at most so many leading zeros that still count as dropped.
_DROPPED = 2
_LONGEST = 60
_SHORTEST = 4
#: Letters before a VAT id that are no country code.
_VAT = {"EL": "GR", "XI": "GB"}


def number_marks(subject: Subject, entry: Entry) -> Iterator[Mark]:
    """Yield what the numbers say; nothing if the two have no number of one scheme."""
    own = _keys_of(subject)
    stated = _stated(entry)
    shared = own & (stated | keys("register_number", entry.country, entry.number))
    if shared:
        kind, _, number = min(shared, key=lambda one: (_is_local(one), one)).rpartition(":")
        yield Mark("same_local_number" if kind.startswith(_LOCAL) else "same_number", number)
        return
    for local, mark in ((False, "other_number"), (True, "other_local_number")):
        differing = _differing(own, stated, local=local)
        if differing:
            yield Mark(mark, differing)
            return


def _keys_of(subject: Subject) -> frozenset[str]:
    found = (keys(one.scheme, one.country, one.number) for one in subject.numbers)
    return frozenset[str]().union(*found)


def _stated(entry: Entry) -> frozenset[str]:
    """The numbers that an entry states as its own; that of a provider is no company's."""
    found: set[str] = set()
    for fact in entry.facts:
        value = str(fact.value)
        if fact.attribute in ("register_number", "vat_id", "lei"):
            found |= keys(fact.attribute, entry.country, value)
        elif fact.attribute == "national_id":
            scheme, _, number = value.rpartition(" ")
            found |= keys(scheme, entry.country, number)
    return frozenset(found)


def _differing(own: Iterable[str], stated: Iterable[str], *, local: bool) -> str:
    """The stated number of a scheme that both have, with no number in common; empty if none."""
    schemes = {_scheme(one) for one in own if _is_local(one) is local}
    return min((_number(one) for one in stated if _scheme(one) in schemes), default="")


def _is_local(key: str) -> bool:
    return key.startswith(_LOCAL)


def _scheme(key: str) -> str:
    return key.rpartition(":")[0]


def _number(key: str) -> str:
    return key.rpartition(":")[2]


@lru_cache(maxsize=1 << 14)
def keys(scheme: str, country: str, number: str) -> frozenset[str]:
    """Write a number as keys (`FR:732829320`, `vat:FR:44732829320`) that are equal if it is.

    A SIRET, and a VAT id of some countries, holds the number of the register and gives its key too.
    """
    plain = _NOT_PLAIN.sub("", number[:_LONGEST].upper())
    if len(plain) < _SHORTEST or not any(map(str.isdigit, plain)):
        return frozenset()
    if scheme.upper() == "LEI":
        return frozenset({f"lei:{plain}"})
    if scheme == "vat_id":
        return frozenset(_of_vat(plain, country))
    home = table()["numbers"]["schemes"].get(scheme)
    if scheme == "register_number" or home is not None:
        country = country or home or ""
        return frozenset({_of_register(number[:_LONGEST], plain, country)} if country else ())
    return frozenset({f"{scheme}:{country}:{plain.lstrip('0')}"})


def _of_register(written: str, plain: str, country: str) -> str:
    known = table()["numbers"]
    if country in known["local"]:
        court = _COURT.search(written.upper())
        return f"{_LOCAL}:{country}:{court[1] + court[2].lstrip('0') if court else plain}"
    size = int(known["digits"].get(country, 0))
    digits = _NOT_DIGIT.sub("", written)
    if size and len(digits) == int(known["longer"].get(country, 0)):
        digits = digits[:size]
    lost = not _LETTER.search(written) and size - _DROPPED <= len(digits) < size
    if size and (len(digits) == size or lost):
        return f"{country}:{digits.zfill(size)}"
    bare = _labels().sub("", plain)
    return entry_key(country, bare.lstrip("0"))


@cache
def _labels() -> re.Pattern[str]:
    """What people write before a number, where only the number and a letter follow."""
    labels = sorted(table()["numbers"]["labels"], key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(labels)})(?=[0-9]+[A-Z]?$)")


def _of_vat(plain: str, country: str) -> Iterator[str]:
    prefix = plain[:2]
    if prefix.isalpha():
        country, plain = _VAT.get(prefix, prefix), plain[2:]
    if not country:
        return
    yield f"vat:{country}:{plain}"
    held = re.fullmatch(table()["numbers"]["vat"].get(country, "(?!)"), plain)
    if held is not None:
        yield f"{country}:{held[1]}"


def register_numbers(subject: Subject, country: str) -> tuple[str, ...]:
    """The numbers of a company in a register, also those that its VAT id or SIRET holds."""
    known = (keys(one.scheme, one.country, one.number) for one in subject.numbers)
    found = (_number(key) for some in known for key in sorted(some) if _scheme(key) == country)
    return tuple(dict.fromkeys(found))
