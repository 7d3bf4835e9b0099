"""Find the rows in one JSON value: a list of objects or of arrays, or an object around one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leads.errors import UsageError
from leads.sheets.json_names import common_path, names_companies, path_inside, unwrapping
from leads.sheets.json_tables import keyed_rows, rows_by_id, table_rows
from leads.sheets.json_values import Pairs, is_array

#: The deepest list that is looked for: `response.data.items`.
_DEPTH = 4
#: How many rows of a list are looked at.
_SAMPLE = 50
#: Lists that describe or belong to something else, though their objects have names.
_OTHERS = frozenset(
    {
        "fields",
        "columns",
        "schema",
        "contacts",
        "people",
        "persons",
        "users",
        "owners",
        "team",
        "staff",
        "employees",
        "management",
        "tags",
        "categories",
        "countries",
        "industries",
        "filters",
        "facets",
        "errors",
        "links",
    }
)


#: Keys of lists: nothing under one is an empty list.
_LIST_KEYS = frozenset({"data", "results", "items", "records", "rows", "hits", "value", "values"})


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
        and bool(value)
        and is_array(value)
        and not all(isinstance(row, str) for row in value)
        and not any(is_array(row) for row in value)
        and not common_path(value)
    )


def json_rows(value: object, file: str) -> JsonRows:
    """The rows in a value; UsageError when it is not clear which they are."""
    if isinstance(value, list) and not isinstance(value, Pairs):
        return JsonRows(_objects(value, file))
    if not isinstance(value, Pairs):
        raise UsageError(f"{file} holds one JSON value, not a list", "write an array of objects")
    named = named_lists(value)
    if not named:
        _refuse_empty(value, file)
        return JsonRows(_objects([value], file))
    if len(named) > 1 or names_companies(value):
        shown = ", ".join(f"`{path}`" for path in named)
        raise UsageError(
            f"{file} is one object, and it is not clear whether the companies are in {shown}",
            f"take them out: jq '.{next(iter(named))}' {file} > list.json (if the object is one"
            " company: jq -s '.')",
        )
    path, rows = next(iter(named.items()))
    return JsonRows(_objects(rows, file), path)


def named_lists(value: Pairs) -> dict[str, list[object]]:
    """The lists inside an object that name companies, by path. Where there are none, or only lists
    of something else: the objects keyed by company.
    """
    found = {path: rows for path, rows in _lists(value, "", 0) if _name_companies(rows)}
    wanted = {path: rows for path, rows in found.items() if path.split(".")[-1] not in _OTHERS}
    if wanted or names_companies(value):
        return wanted or found
    keyed = {path: rows for path, rows in _keyed(value, "", 0) if _name_companies(rows)}
    return keyed or found


def _name_companies(rows: Sequence[object]) -> bool:
    if is_array(rows[0]) and isinstance(rows[0], list):
        return names_companies(Pairs((str(name), "") for name in rows[0]))
    return any(path_inside(row) is not None for row in rows[:_SAMPLE])


def _lists(value: Pairs, path: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """The lists inside an object, and the object itself where it is a table or keyed by id."""
    own = table_rows(value) or rows_by_id(value)
    if own:
        yield path, own
        return
    for key, member in value:
        here = f"{path}.{key}" if path else key
        if key.lower() == "name" or not member:
            continue
        if isinstance(member, Pairs):
            if depth < _DEPTH:
                yield from _lists(member, here, depth + 1)
        elif isinstance(member, list) and _are_rows(member):
            yield here, member


def _keyed(value: Pairs, path: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """The objects keyed by company, the outermost only."""
    own = keyed_rows(value)
    if own:
        yield path, own
        return
    for key, member in value if depth < _DEPTH else ():
        if isinstance(member, Pairs) and key.lower() != "name":
            yield from _keyed(member, f"{path}.{key}" if path else key, depth + 1)


def keyed_page(value: Pairs, path: str) -> list[object] | None:
    """The rows of the object at a path, which holds companies by key in other pages, here maybe one."""
    for key in path.split("."):
        inside = next((member for name, member in value if name == key), None)
        if not isinstance(inside, Pairs):
            return None
        value = inside
    return keyed_rows(value, expected=True)


def _are_rows(values: list[object]) -> bool:
    """Whether all values are objects, or two or more of them arrays, of which the first names the
    columns.
    """
    if all(isinstance(each, Pairs) for each in values):
        return True
    return len(values) > 1 and all(map(is_array, values)) and bool(values[0])


def _refuse_empty(value: Pairs, file: str) -> None:
    """UsageError for an object that is around an empty list."""
    empty = next(_empty_lists(value, "", 0), None)
    if empty and path_inside(value) is None:
        raise UsageError(
            f"`{empty}` of {file} is an empty list: it names no company",
            f"export it again; if the companies are elsewhere: jq '.KEY' {file} > list.json",
        )


def _empty_lists(value: Pairs, path: str, depth: int) -> Iterator[str]:
    for key, member in value:
        here = f"{path}.{key}" if path else key
        if key.lower() == "name":
            continue
        if isinstance(member, Pairs) and depth < _DEPTH:
            yield from _empty_lists(member, here, depth + 1)
        elif member == [] or (member is None and key.lower() in _LIST_KEYS):
            yield here


def _objects(rows: list[object], file: str) -> list[object]:
    """The rows, each taken out of the objects that wrap it (`_source`, `properties`, `node`)."""
    if rows and all(isinstance(row, str) for row in rows):
        raise UsageError(
            f"{file} is a JSON array of texts, not of objects",
            f"name the column: jq -r '\"name\", .[]' {file} > list.csv",
        )
    path = common_path(rows)
    return list(map(unwrapping(path), rows)) if path else rows
