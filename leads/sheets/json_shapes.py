"""Find the rows in one JSON value: an array of objects or of arrays, or an object around one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leads.errors import UsageError
from leads.sheets.json_text import Pairs

#: The deepest list that is looked for: `response.data.items`.
_DEPTH = 4
#: Parts of the keys under which objects name companies.
_NAMES = (
    "name",
    "compan",
    "firm",
    "organi",
    "exhibitor",
    "aussteller",
    "unternehmen",
    "empresa",
    "entreprise",
    "azienda",
    "bedrijf",
    "title",
    "nom",
    "bezeichnung",
)
#: Parts of the keys of other names.
_OTHER_NAMES = ("first", "last", "given", "family", "user", "file", "person", "contact", "job")


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The rows of a JSON value: objects, or arrays below one that names the columns."""

    values: Sequence[object]
    #: Where they were found, to be told; empty for the value itself.
    path: str = ""


def is_flat(value: object) -> bool:
    """Whether a value is an array whose objects wrap no others, read as it is."""
    return (
        isinstance(value, list)
        and not isinstance(value, Pairs)
        and not all(isinstance(row, str) for row in value)
        and not any(isinstance(row, list) and not isinstance(row, Pairs) for row in value)
        and {_wrapper(row) for row in value} == {None}
    )


def json_rows(value: object, file: str) -> JsonRows:
    """The rows in a value; UsageError when it is not clear which they are."""
    if isinstance(value, list) and not isinstance(value, Pairs):
        return JsonRows(_objects(value, file))
    if not isinstance(value, Pairs):
        raise UsageError(f"{file} holds one JSON value, not a list", "write an array of objects")
    lists = dict(_lists(value, "", 0))
    named = [path for path, rows in lists.items() if _names_companies(rows[0]) or _wrapper(rows[0])]
    if not named:
        return JsonRows([value])
    if len(named) > 1 or _names_companies(value):
        shown = ", ".join(f"`{path}`" for path in named)
        raise UsageError(
            f"{file} is one object, and it is not clear whether the companies are in {shown}",
            f"take them out: jq '.{named[0]}' {file} > list.json (if the object is one company: jq -s"
            " '.')",
        )
    return JsonRows(_objects(lists[named[0]], file), named[0])


def _lists(value: Pairs, path: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """The lists of objects inside an object, and the objects that only number their members."""
    for key, member in value:
        here = f"{path}.{key}" if path else key
        if key.lower() == "name":
            continue
        if isinstance(member, Pairs):
            members: list[object] = [each for _, each in member]
            if len(members) > 1 and _all_objects(members):
                yield here, members
            elif depth < _DEPTH:
                yield from _lists(member, here, depth + 1)
        elif isinstance(member, list) and member and _all_objects(member):
            yield here, member


def _all_objects(values: list[object]) -> bool:
    return all(isinstance(each, Pairs) for each in values)


def _objects(rows: list[object], file: str) -> list[object]:
    """The rows, each taken out of the object that wraps it (`_source`, `properties`, `node`)."""
    if rows and all(isinstance(row, str) for row in rows):
        raise UsageError(
            f"{file} is a JSON array of texts, not of objects",
            f"name the column: jq -r '\"name\", .[]' {file} > list.csv",
        )
    wrappers = {_wrapper(row) for row in rows}
    wrapper = wrappers.pop() if len(wrappers) == 1 else None
    return [_unwrapped(row, wrapper) for row in rows] if wrapper else rows


def _wrapper(row: object) -> str | None:
    """The key of the only object inside a row that has the names that the row itself lacks."""
    if not isinstance(row, Pairs) or _names_companies(row):
        return None
    inside = [key for key, value in row if isinstance(value, Pairs) and _names_companies(value)]
    return inside[0] if len(inside) == 1 else None


def _unwrapped(row: object, wrapper: str) -> object:
    if not isinstance(row, Pairs):
        return row
    inner = next(value for key, value in row if key == wrapper)
    own = {key for key, _ in inner} if isinstance(inner, Pairs) else set()
    outer = [(key, value) for key, value in row if key != wrapper and key not in own]
    return Pairs([*outer, *inner]) if isinstance(inner, Pairs) else row


def _names_companies(value: object) -> bool:
    """Whether an object has a text under a key that may name a company."""
    return isinstance(value, Pairs) and any(
        isinstance(member, str)
        and any(part in key.lower() for part in _NAMES)
        and not any(part in key.lower() for part in _OTHER_NAMES)
        for key, member in value
    )
