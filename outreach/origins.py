"""The answer to "where did you get this from?", as text for a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One source, and what it said."""

    #: `list`, `page`, `person` or `other`.
    kind: str
    #: The list, the page's address, or who said so.
    name: str
    vendor: str | None = None
    file: str | None = None
    line: int | None = None
    #: When it was imported, visited or said.
    day: date
    #: The day the source speaks of, where that is known.
    as_of: date | None = None
    #: The day from which the list did not hold the row any more.
    until: date | None = None
    #: Attribute and values.
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: The licence that the source gives its data by.
    licence: str | None = None
    #: What was paid for it, such as `[{"amount": "0.120000", "currency": "EUR"}]`.
    cost: Sequence[Mapping[str, str]] = ()


def letter(name: str, origins: Sequence[Origin]) -> str:
    """The sources of what is stored about a company, in plain sentences."""
    if not origins:
        return f"We hold no data about {name} whose source is known."
    lines = [f"The data that we hold about {name} comes from these sources:", ""]
    for number, one in enumerate(origins, 1):
        lines.append(f"{number}. {_sentence(one)}")
        lines += [f"   - {what}: {', '.join(values)}" for what, values in one.said.items()]
    return "\n".join(lines)


def _sentence(one: Origin) -> str:
    if one.kind == "list":
        vendor = f" from {one.vendor}" if one.vendor else ""
        stand = f", as of {one.as_of}" if one.as_of else ""
        ended = f"; the list has not held it since {one.until}" if one.until else ""
        return (
            f"The list {one.name}{vendor}{stand}, line {one.line} of the file {one.file},"
            f" imported on {one.day}{ended}."
        )
    if one.kind == "page":
        return f"The public page {one.name}, read on {one.day}."
    if one.kind == "person":
        return f"{one.name} of our staff, who entered it on {one.day}."
    licence = f", licence {one.licence}" if one.licence else ""
    return f"{one.name}, on {one.day}{licence}."
