"""Which registers can be listed, by a search or by a file of everything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sources.registers.catalog import registers
from sources.registers.data_files import document
from sources.source import Card


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """A parameter that takes places which look like this."""

    like: re.Pattern[str]
    parameter: str
    #: As people say it: `a postcode`.
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search that is read page after page."""

    url: str
    page: str
    first: int
    size: int
    size_by: str
    #: Companies of one search that the register shows; None: all.
    most: int | None
    fixed: Mapping[str, str]
    industry: str
    places: Sequence[PlaceFilter]
    #: Parameters with the lowest and the highest headcount; empty: there are none.
    low: str = ""
    high: str = ""
    #: The parameter with codes of bands of the headcount; empty: there is none.
    bands: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFile:
    """A file of a whole register."""

    url: str
    #: `link`, `publish`, or empty: `url` is the file.
    named_by: str
    #: `json` or `csv`.
    holds: str
    #: Bytes of the largest file that is taken.
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A register that can be listed."""

    name: str
    card: Card
    #: How industries are written there; empty: it knows none.
    codes: str
    #: Hosts of the file.
    hosts: frozenset[str]
    search: Search | None
    file: WholeFile | None


@cache
def listings() -> Mapping[str, Listing]:
    """The registers that can be listed, by their short name."""
    cards = {one.card.name: one.card for one in registers()}
    return {
        name: _listing(name, raw, cards[raw["source"]])
        for name, raw in document("lists.yaml").items()
    }


def _listing(name: str, raw: Mapping[str, Any], card: Card) -> Listing:
    search, file = raw.get("search"), raw.get("file")
    return Listing(
        name=name,
        card=card,
        codes=raw["codes"],
        hosts=frozenset(raw.get("hosts", ())),
        search=None if search is None else _search(search),
        file=None if file is None else _file(file),
    )


def _search(raw: Mapping[str, Any]) -> Search:
    most = raw.get("most")
    places = [
        PlaceFilter(re.compile(one["like"], re.ASCII), one["by"], one["what"])
        for one in raw["places"]
    ]
    return Search(
        url=raw["url"],
        page=raw["page"],
        first=int(raw["first"]),
        size=int(raw["size"]),
        size_by=raw.get("size_by", ""),
        most=None if most is None else int(most),
        fixed=raw.get("fixed", {}),
        industry=raw["industry"],
        places=places,
        **raw.get("people", {}),
    )


def _file(raw: Mapping[str, Any]) -> WholeFile:
    return WholeFile(
        url=raw["url"],
        named_by=raw.get("named_by", ""),
        holds=raw["holds"],
        most=int(raw["bytes"]),
    )
