"""Tell by its keys whether a JSON object names a company, and where inside it one does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from leads.sheets.json_values import Bare, Pairs

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
    "societe",
    "société",
    "azienda",
    "bedrijf",
    "title",
    "nom",
    "bezeichnung",
    "denominazione",
    "ragionesociale",
    "razon",
    "nazwa",
    "название",
    "наименование",
    "会社名",
    "公司",
    "企业",
)
#: Parts of the keys of other names.
_OTHER_NAMES = ("first", "last", "given", "family", "user", "file", "person", "contact", "job")
#: Parts of the keys of objects about persons and other things than companies.
_NOT_COMPANIES = (
    *_OTHER_NAMES,
    "owner",
    "author",
    "manager",
    "ansprech",
    "people",
    "employee",
    "geo",
    "countr",
    "city",
    "indust",
    "categor",
    "addr",
    "meta",
    "parent",
)
#: Parts of the keys of objects that are companies, when several objects have a name.
_COMPANIES = ("compan", "organi", "account", "firm", "unternehmen", "empresa", "entreprise", "org")
#: The deepest object that is looked for.
_DEPTH = 3


def names_companies(value: object) -> bool:
    """Whether an object has a text under a key that may name a company."""
    return isinstance(value, Pairs) and any(
        _is_text(member) and is_name_key(key) for key, member in value
    )


def is_name_key(key: str) -> bool:
    """Whether a key may stand before the name of a company."""
    return _has_part(key, _NAMES) and not _has_part(key, _OTHER_NAMES)


def _has_part(key: str, parts: Iterable[str]) -> bool:
    plain = key.lower()
    return any(part in plain for part in parts)


def _is_text(member: object) -> bool:
    if isinstance(member, Pairs):
        # HubSpot's `{"name": {"value": "Acme"}}`.
        return any(key == "value" and isinstance(each, str) for key, each in member)
    return isinstance(member, str) and not isinstance(member, Bare)


def path_inside(row: object, depth: int = 0) -> tuple[str, ...] | None:
    """The keys that lead to the object that names the company; empty for the row itself, None when
    no object does, or several.
    """
    if not isinstance(row, Pairs):
        return None
    if names_companies(row):
        return ()
    found = list(_paths_below(row, depth)) if depth < _DEPTH else []
    companies = [path for path in found if _has_part(path[0], _COMPANIES)]
    chosen = companies if len(found) > 1 else found
    return chosen[0] if len(chosen) == 1 else None


def _paths_below(row: Pairs, depth: int) -> Iterator[tuple[str, ...]]:
    for key, value in row:
        path = None if _has_part(key, _NOT_COMPANIES) else path_inside(value, depth + 1)
        if path is not None:
            yield key, *path


def common_path(rows: Iterable[object]) -> tuple[str, ...]:
    """The path to the company in all rows that have one; empty when they differ."""
    paths = {path for row in rows if (path := path_inside(row)) is not None}
    return paths.pop() if len(paths) == 1 else ()


def unwrapping(path: tuple[str, ...]) -> Callable[[object], object]:
    """A function that takes the object at a path out of those around it, whose members stay."""

    def unwrapped(row: object) -> object:
        for key in path:
            row = _without_wrapper(row, key)
        return row

    return unwrapped


def _without_wrapper(row: object, wrapper: str) -> object:
    if not isinstance(row, Pairs):
        return row
    inner = next((value for key, value in row if key == wrapper), None)
    if not isinstance(inner, Pairs):
        return row
    own = {key for key, _ in inner}
    outer = [(key, value) for key, value in row if key != wrapper and key not in own]
    return Pairs([*outer, *inner])
