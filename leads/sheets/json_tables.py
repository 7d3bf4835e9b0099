"""Read JSON that holds a table otherwise than as a list of objects: by columns, or by key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leads.sheets.json_names import is_name_key, names_companies
from leads.sheets.json_values import Pairs

_HEADERS = ("columns", "fields", "header", "headers", "cols", "columnnames", "column_names")
_ROWS = ("data", "rows", "values", "records", "items", "results")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?", re.IGNORECASE)
#: So many alike objects are companies, and so many under keys that look like names.
_FEWEST, _FEWEST_TELLING = 3, 2
#: Keys around data, not names.
_AROUND_TEXT = """
    meta metadata links link stats statistics data response result results request paging
    pagination page pages status error errors warnings info header headers body envelope
    config settings options summary total totals count counts filters query params parameters
    schema version context payload content root output document export debug attributes
    relationships included
"""
_AROUND = frozenset(_AROUND_TEXT.split())
#: Ids that are no words, and neither years nor months.
_ID = re.compile(r"(?!(?:19|20)\d\d(?:-|$))(?:[\d-][\w-]{4,}|[\w-]{16,})")
#: A key that a programmer chose; other keys are names.
_IDENTIFIER = re.compile(r"[A-Za-z_$@][\w$@-]*")


def table_rows(value: Pairs) -> list[object] | None:
    """The rows of an object that holds a table: column names beside rows, or a list a column."""
    return _named_columns(value) or _lists_by_column(value)


def _named_columns(value: Pairs) -> list[object] | None:
    """`{"columns": ["name"], "data": [["Acme"]]}`, as data frames and databases write it."""
    members = {key.lower(): member for key, member in value}
    schema = members.get("schema")
    around = {key.lower(): member for key, member in schema} if isinstance(schema, Pairs) else {}
    header = _names(_first(around | members, _HEADERS))
    rows = _first(members, _ROWS)
    if not header or not isinstance(rows, list) or isinstance(rows, Pairs):
        return None
    cells = [row for each in rows if (row := _cells(each)) is not None]
    return [header, *cells] if cells and len(cells) == len(rows) else None


def _first(members: dict[str, object], keys: Sequence[str]) -> object:
    return next((members[key] for key in keys if key in members), None)


def _names(columns: object) -> list[object]:
    """The names of the columns: texts, or objects that have a name."""
    if not isinstance(columns, list) or isinstance(columns, Pairs):
        return []
    names = [_name(each) for each in columns]
    return list(names) if all(names) else []


def _name(column: object) -> str:
    if isinstance(column, str):
        return str(column)
    members = {key.lower(): each for key, each in column} if isinstance(column, Pairs) else {}
    keys = ("name", "label", "title", "field", "key", "id")
    return next((str(members[key]) for key in keys if isinstance(members.get(key), str)), "")


def _cells(row: object) -> list[object] | None:
    """The cells of a row: an array, or BigQuery's `{"f": [{"v": "Acme"}]}`."""
    if isinstance(row, list) and not isinstance(row, Pairs):
        return row
    cells = dict(row).get("f") if isinstance(row, Pairs) else None
    if not isinstance(cells, list) or not all(isinstance(each, Pairs) for each in cells):
        return None
    return [dict(each).get("v") for each in cells]


def _lists_by_column(value: Pairs) -> list[object] | None:
    """`{"name": ["Acme"], "city": ["Rome"]}`, or each column an object of numbered cells."""
    columns = [(key, _column(member)) for key, member in value]
    full = [(key, cells) for key, cells in columns if cells]
    if len(full) < len(columns) or len(full) < 2 or len({len(cells) for _, cells in full}) > 1:
        return None
    rows: list[object] = [
        Pairs((key, cells[place]) for key, cells in full) for place in range(len(full[0][1]))
    ]
    return rows if names_companies(rows[0]) else None


def _column(member: object) -> Sequence[object]:
    if isinstance(member, Pairs):
        cells = [each for _, each in member]
        return cells if all(key.isdigit() for key, _ in member) and _are_plain(cells) else ()
    return member if isinstance(member, list) and _are_plain(member) else ()


def _are_plain(cells: Sequence[object]) -> bool:
    return not any(isinstance(each, list) for each in cells)


def rows_by_id(value: Pairs) -> list[object] | None:
    """The rows of an object whose keys are domains or long ids of companies that have names."""
    keys = all(_DOMAIN.fullmatch(key) or _ID.fullmatch(key) for key, _ in value)
    named = len(value) > 1 and all(names_companies(member) for _, member in value)
    return [_with_key(key, member, named=True) for key, member in value] if keys and named else None


def keyed_rows(value: Pairs, *, expected: bool = False) -> list[object] | None:
    """The rows of an object whose keys are names, domains or ids of companies; None for others.

    One company is enough where such an object is `expected`.
    """
    if not value or any(is_name_key(key) for key, _ in value):
        return None
    if all(isinstance(member, str) for _, member in value):
        return _pairs_of_texts(value)
    members = [member for _, member in value if isinstance(member, Pairs)]
    if len(members) < len(value):
        return None
    return _keyed_objects(value, members, 1 if expected else _fewest(value))


def _fewest(value: Pairs) -> int:
    """How many alike objects under such keys are companies."""
    keys = [key for key, _ in value]
    if all(map(_DOMAIN.fullmatch, keys)):
        return 1
    telling = all(key[:1].isupper() or not _IDENTIFIER.fullmatch(key) for key in keys)
    return _FEWEST_TELLING if telling else _FEWEST


def _keyed_objects(value: Pairs, members: Sequence[Pairs], fewest: int) -> list[object] | None:
    named = sum(map(names_companies, members))
    by_id = len(members) >= min(fewest, 2) and named * 2 > len(members)
    if not by_id and (len(members) < fewest or not _are_keyed_by_name(value, members)):
        return None
    return [_with_key(key, member, named=by_id) for key, member in value]


def _are_keyed_by_name(value: Pairs, members: Sequence[Pairs]) -> bool:
    if any(map(names_companies, members)) or any(map(_holds_rows, members)):
        return False
    return all(_may_be_name(key) for key, _ in value) and _are_alike(members)


def _may_be_name(key: str) -> bool:
    letters = "".join(filter(str.isalpha, key.lower()))
    return bool(letters) and letters not in _AROUND


def _holds_rows(member: object) -> bool:
    """Whether there is a list of objects inside an object, however deep."""
    if isinstance(member, Pairs):
        return any(_holds_rows(each) for _, each in member)
    return isinstance(member, list) and any(isinstance(each, Pairs) for each in member)


def _pairs_of_texts(value: Pairs) -> list[object] | None:
    """`{"Acme GmbH": "acme.example"}`: keys that no programmer chose are names."""
    if len(value) < 2 or any(_IDENTIFIER.fullmatch(key) for key, _ in value):
        return None
    return [Pairs([("name", key), ("value", member)]) for key, member in value]


def _are_alike(members: Sequence[Pairs]) -> bool:
    """Whether most objects share most of their keys with the first, and are no mere addresses."""
    keys = [{key for key, _ in member} for member in members]
    first = max(keys, key=len)
    alike = sum(1 for each in keys if each and len(each & first) * 2 >= len(each))
    return bool(first) and alike * 2 > len(keys)


def _with_key(key: str, member: object, *, named: bool) -> object:
    own = {name.lower() for name, _ in member} if isinstance(member, Pairs) else set()
    added: list[tuple[str, object]] = []
    if not named:
        added.append(("name", key))
    if _DOMAIN.fullmatch(key):
        added.append(("domain", key))
    elif named and not key.isdigit():
        added.append(("id", key))
    inside = list(member) if isinstance(member, Pairs) else []
    return Pairs([*((name, text) for name, text in added if name not in own), *inside])
