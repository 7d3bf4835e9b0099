"""VAT numbers with valid check digits, with a country prefix or after a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.tables import either, words

_MOST_CANDIDATES = 200
_CHARACTERS = {"9": r"\d", "A": "[A-Z]", "X": "[A-Z0-9]", "U": "U", "E": "E"}
_CAPITALS = re.compile(r"[A-Z](?<![A-Za-z0-9].)[A-Z]")
_NOT_CODE = re.compile(r"[^A-Z0-9]")


def find_vat_ids(document: Document) -> Iterator[ExtractedFact]:
    """Find the first vat_id with its country prefix; less sure if the page has several."""
    found: dict[str, ExtractedFact] = {}
    for one in (*_structured(document), *_written(document)):
        found.setdefault(str(one.value), one)
    ordered = list(found.values())
    if len(ordered) == 1 or (
        ordered and (document.is_imprint or ordered[0].method in json_ld.METHODS)
    ):
        yield ordered[0]
    elif len(ordered) <= 3:
        yield from (
            ExtractedFact(one.attribute, one.value, one.quote, one.method, 0.5)
            for one in ordered[:1]
        )


def _structured(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations:
        for key in ("vatID", "taxID"):
            written = json_ld.text(node.get(key)).upper()
            country = "GR" if written.startswith("EL") else written[:2]
            row = words("vat").get(country)
            if row and (number := _checked(written[2:], country, row)):
                yield ExtractedFact(
                    "vat_id", number, json_ld.quote(key, node[key]), json_ld.method(node), 0.97
                )


def _written(document: Document) -> Iterator[ExtractedFact]:
    sure, method = (0.97, "imprint_text") if document.is_imprint else (0.92, "text")
    for count, match in enumerate(_with_prefix(document.text)):
        if count >= _MOST_CANDIDATES:
            break
        country = match["prefix"].upper().replace("EL", "GR")
        country = "CH" if country == "CHE" else country
        if number := _checked(match["rest"], country, words("vat")[country]):
            yield ExtractedFact(
                "vat_id",
                number,
                document.quote(match.start(), match.start() + len(number), 60),
                method,
                sure,
            )
    for country, pattern in _labelled():
        if country != document.hint:
            continue
        for match in pattern.finditer(document.text):
            if number := _checked(match["rest"], country, words("vat")[country]):
                yield ExtractedFact(
                    "vat_id",
                    number,
                    document.quote(match.start(), match.end(), 60),
                    method,
                    sure - 0.04,
                )


def _with_prefix(text: str) -> Iterator[re.Match[str]]:
    """Match where two capitals begin a word: faster than a search of the whole text."""
    prefixes = _prefixes()
    for begin in _CAPITALS.finditer(text):
        match = _prefixed().match(text, begin.start()) if begin[0] in prefixes else None
        if match is not None:
            yield match


def _checked(written: str, country: str, row: dict[str, Any]) -> str | None:
    """Return the longest valid VAT number at the start of a text, with its prefix."""
    code = _NOT_CODE.sub("", written.upper())
    prefix = row.get("code", country)
    if country == "CH":
        code = "CHE" + code.lstrip("CHE")
    if country == "AT":
        code = code if code.startswith("U") else f"U{code}"
    for form in sorted(row["form"], key=len, reverse=True):
        length = len(form) + (2 if country == "CH" else 0)
        part = code[:length]
        if (
            len(part) == length
            and set(part) - set("CHE0U")
            and checker(row["module"]).is_valid(part)
        ):
            return part if country == "CH" else prefix + part
    return None


@cache
def checker(name: str) -> Any:
    """Import the python-stdnum module of that name (`de.vat`) on first use."""
    return import_module(f"stdnum.{name}")


def _spelled(form: str) -> str:
    return r"[ .\-/]?".join(_CHARACTERS[letter] for letter in form)


@cache
def _prefixes() -> frozenset[str]:
    rows = words("vat").items()
    return frozenset(_prefix(country, row) for country, row in rows if "suffix" not in row)


def _prefix(country: str, row: dict[str, Any]) -> str:
    """Return the two letters before a number; the third of `CHE` is read with the number."""
    return "CH" if country == "CH" else str(row.get("code", country))


@cache
def _prefixed() -> re.Pattern[str]:
    branches = []
    for country, row in words("vat").items():
        if "suffix" in row:
            continue
        forms = either([_spelled(form) for form in row["form"]])
        branches.append((_prefix(country, row), forms))
    alternatives = "|".join(
        rf"(?={prefix}){prefix}[ .:-]{{0,3}}(?:{forms})(?![A-Z0-9])" for prefix, forms in branches
    )
    return re.compile(
        rf"(?<![A-Za-z0-9])(?=(?P<prefix>[A-Z]{{2}}))(?=(?:{alternatives}))(?P=prefix)(?=(?P<rest>[A-Z0-9"
        r" .:/-]{6,24}))"
    )


@cache
def _labelled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for country, row in words("vat").items():
        if labels := row.get("labels"):
            forms = either([_spelled(form) for form in row["form"]])
            found.append(
                (
                    country,
                    re.compile(
                        rf"(?<![^\W_])(?:{either(labels)})["
                        rf" .:°ºn#\t]{{0,6}}(?:{country})?(?P<rest>{forms})(?![A-Z0-9])",
                        re.IGNORECASE,
                    ),
                )
            )
    return tuple(found)
