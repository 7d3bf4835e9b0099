"""The option `--map FIELD=COLUMN`, parsed."""

from __future__ import annotations

from collections.abc import Sequence

from leads.errors import UsageError


def column_map(options: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Map each field to the columns that the user names for it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in options:
        name, equals, column = one.partition("=")
        if not equals or not name or not column:
            raise UsageError(
                f"--map {one!r} is not FIELD=COLUMN", 'such as --map name="Company Name"'
            )
        found[name.strip()] = (*found.get(name.strip(), ()), column)
    return found
