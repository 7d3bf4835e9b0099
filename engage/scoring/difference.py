"""What two scoring files say differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engage.scoring.file import ScoringFile


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs; None: the file does not have it."""

    #: Such as `rules.quote.points`.
    path: str
    before: str | None
    after: str | None


def differences(before: ScoringFile, after: ScoringFile) -> list[Difference]:
    """Every value that differs, in the order of the second file, then what only the first has."""
    old = dict(_values("", before.model_dump(mode="json", exclude_unset=True)))
    new = dict(_values("", after.model_dump(mode="json", exclude_unset=True)))
    paths = dict.fromkeys([*new, *old])
    return [
        Difference(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    ]


def _values(path: str, one: Any) -> Iterator[tuple[str, str]]:
    if isinstance(one, Mapping):
        for key, inner in one.items():
            yield from _values(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(one, list) and any(isinstance(item, Mapping) for item in one):
        for place, item in enumerate(one):
            yield from _values(f"{path}.{place}", item)
    elif isinstance(one, list):
        yield path, ", ".join(map(str, one))
    elif one is not None:
        yield path, str(one)
