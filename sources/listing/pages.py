"""The pages of a search: where each is, and the companies on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sources.answers import Entry
from sources.listing.table import Search
from sources.registers import finland_companies, france_units, norway_units
from sources.registers.json_fields import part, records, text, whole


class UnreadableError(ValueError):
    """What a register sent is not what it documents."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A company of a page or file."""

    #: None: nobody can read it, or it is a person in business.
    entry: Entry | None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search."""

    units: tuple[Unit, ...]
    #: Companies of the whole search; None: the register does not say.
    total: int | None
    #: The numbers on it.
    mark: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a register puts what."""

    units: tuple[str, ...]
    total: tuple[str, ...]
    number: tuple[str, ...]
    entry: Callable[[Any, date], Entry | None]
    is_person: Callable[[Any], bool]


def _norwegian(unit: Any, _: date) -> Entry | None:
    return norway_units.entry_of(unit, asked_by_key=False)


def _french(unit: Any, today: date) -> Entry | None:
    return france_units.entry_of(unit, today, asked_by_key=False)


def _finnish(company: Any, today: date) -> Entry | None:
    return finland_companies.entry_of(company, today, asked_by_key=False)


_SHAPES: Mapping[str, _Shape] = {
    "fr": _Shape(("results",), ("total_results",), ("siren",), _french, france_units.is_person),
    "no": _Shape(
        ("_embedded", "enheter"),
        ("page", "totalElements"),
        ("organisasjonsnummer",),
        _norwegian,
        norway_units.is_person,
    ),
    "fi": _Shape(
        ("companies",),
        ("totalResults",),
        ("businessId", "value"),
        _finnish,
        finland_companies.is_person,
    ),
}


def address(search: Search, parameters: Mapping[str, str], page: int) -> str:
    """The address of a page, counted from 0."""
    sized = {search.size_by: str(search.size)} if search.size_by else {}
    query = urlencode({**parameters, **sized, search.page: str(search.first + page)})
    return f"{search.url}?{query}"


def read_page(name: str, body: bytes, today: date) -> Page:
    """Read a page of a register; UnreadableError if it is none."""
    shape = _SHAPES[name]
    document = _json(body)
    total = whole(document, *shape.total)
    if not isinstance(part(document, *shape.units), list) and total != 0:
        raise UnreadableError(
            f"it sent JSON without `{'.'.join(shape.units)}`: its format may have changed"
        )
    raws = records(document, *shape.units)
    units = tuple(read_unit(name, one, today) for one in raws)
    if units and not any(one.entry or one.is_person for one in units):
        raise UnreadableError(
            f"no company on the page has `{'.'.join(shape.number)}`: its format may have changed"
        )
    return Page(units, total, ",".join(text(one, *shape.number) for one in raws))


def read_unit(name: str, raw: Any, today: date) -> Unit:
    """Read one company as a register writes it in JSON."""
    shape = _SHAPES[name]
    if shape.is_person(raw):
        return Unit(None, is_person=True)
    return Unit(shape.entry(raw, today))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=str)
    except (ValueError, RecursionError):
        begin = body[:200].lstrip().lower()
        is_page = begin.startswith((b"<!doctype", b"<html"))
        kind = "a page" if is_page else "something else" if begin else "nothing"
        raise UnreadableError(f"it sent {kind} instead of JSON") from None
