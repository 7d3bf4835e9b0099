"""Check the columns that the user mapped with `--map FIELD=COLUMN`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from intake.field_groups import field_groups
from intake.mapping import fields
from intake.vocabulary import PERSONAL, key_of
from leads.attributes import CUSTOM
from leads.errors import UsageError

#: Field -> its column or columns.
ColumnOverrides = Mapping[str, str | Sequence[str]]


def overridden_fields(header: Sequence[str], overrides: ColumnOverrides) -> dict[int, str]:
    """The field of each mapped column, by its place.

    UsageError when a field or a column does not exist, and when a column is mapped to two fields.
    """
    told: dict[int, str] = {}
    for said, columns in overrides.items():
        for column in (columns,) if isinstance(columns, str) else columns:
            place, field = _place(header, column, said), _field(said)
            if told.setdefault(place, field) != field:
                raise UsageError(
                    f"--map maps the column {header[place]!r} to {told[place]} and to {field}",
                    "map a column to one field",
                )
    return told


def _field(said: str) -> str:
    name = said.strip().lower()
    if name.startswith(CUSTOM) and len(name) > len(CUSTOM):
        return said.strip()
    if name in fields():
        return name
    if PERSONAL + name in fields():
        return PERSONAL + name
    raise UsageError(f"--map {said}=…: there is no field {said!r}", _nearest_field(said))


def _place(header: Sequence[str], said: str, field: str) -> int:
    for same in (str, str.casefold, key_of):
        places = [place for place, name in enumerate(header) if same(name) == same(said)]
        if len(places) == 1:
            return places[0]
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(header):
        return int(said) - 1
    raise UsageError(
        f"--map {field}={said}: the list has no column {said!r}", _nearest(said, header)
    )


def _nearest_field(said: str) -> str:
    near = _near(said, fields())
    meant = f"did you mean {near!r}? " if near else ""
    return f"{meant}the fields are: {'; '.join(field_groups())}"


def _nearest(said: str, names: Iterable[str]) -> str:
    near = _near(said, names)
    return f"did you mean {near!r}?" if near else f"choose one of: {', '.join(list(names)[:40])}"


def _near(said: str, names: Iterable[str]) -> str | None:
    known = {name.casefold(): name for name in sorted(names)}
    close = difflib.get_close_matches(said.casefold(), known, n=1, cutoff=0.5)
    return known[close[0]] if close else None
