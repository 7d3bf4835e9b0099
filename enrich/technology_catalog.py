"""List the technologies that rules can recognise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from enrich.detecting.detector import Detector


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """One technology with what its rules look at."""

    slug: str
    name: str
    categories: tuple[str, ...]
    channels: tuple[str, ...]
    rules: int
    #: Pages that document its traces.
    sources: tuple[str, ...]


def catalog_rows(rules: Detector) -> tuple[CatalogRow, ...]:
    """Return the technologies of all rules, by slug."""
    channels: dict[str, Counter[str]] = {}
    for rule in rules.ruleset.rules:
        channels.setdefault(rule.slug, Counter())[rule.channel] += 1
    return tuple(
        CatalogRow(
            slug,
            rules.name(slug),
            _categories(rules, slug),
            tuple(sorted(counted)),
            counted.total(),
            rules.known[slug].sources if slug in rules.known else (),
        )
        for slug, counted in sorted(channels.items())
    )


def _categories(rules: Detector, slug: str) -> tuple[str, ...]:
    """Return the catalog's categories; numbers of other schemas are left out."""
    found = rules.categories.get(slug, frozenset())
    return tuple(sorted(one for one in found if not one.startswith("number-")))


def catalog_json(rows: Sequence[CatalogRow]) -> dict[str, Any]:
    """Return the document that `sluice technologies --catalog --json` prints."""
    return {
        "technologies": [
            {
                "slug": one.slug,
                "name": one.name,
                "categories": list(one.categories),
                "channels": list(one.channels),
                "rules": one.rules,
                "sources": list(one.sources),
            }
            for one in rows
        ]
    }
