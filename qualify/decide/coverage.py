"""How many pages of a company's site were read: only then does "not seen" mean "not in use"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from leads.facts import Fact
from leads.known import FoldedAttribute
from leads.lexicon.technologies import find
from leads.looks import counts_pages
from leads.usable import day
from qualify.words.reasons import Reason, reason

#: Pages beside the home page that must have been read.
MORE_PAGES = 4
#: One of these must be among them: they are where a company says who it is.
ABOUT_THE_COMPANY = ("imprint", "contact")
ENOUGH = f"the home page and {MORE_PAGES} more with an imprint or contact page among them"

_KIND_AND_COUNT = re.compile(r"([a-z][a-z_]*):(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The best look at one source on one day."""

    enough: bool
    #: Pages read, the home page included.
    pages: int
    facts: tuple[Fact, ...] = ()

    @property
    def reason(self) -> Reason:
        """How much was read, and when."""
        if not self.pages:
            return reason("no page was read")
        were = "pages were" if self.pages > 1 else "page was"
        if not self.facts:
            return reason(f"{{}} {were} read", str(self.pages))
        return reason(f"{{}} {were} read on {{}}", str(self.pages), day(self.facts[0]))


@lru_cache(maxsize=1 << 10)
def needs(terms: tuple[str, ...]) -> tuple[str, ...]:
    """What must have been seen beside enough pages, before silence about these technologies or
    categories means anything.
    """
    table = _table()["needs"]
    named = [term.strip().casefold().replace(" ", "-") for term in terms]
    found = [technology for term in terms if (technology := find(term))]
    categories = {*named, *(category for technology in found for category in technology.categories)}
    return tuple(
        dict.fromkeys(kind for category in sorted(categories) for kind in table.get(category, ()))
    )


def enough_for(terms: tuple[str, ...]) -> str:
    """What would be enough, in words."""
    said = _table()["said"]
    return " and ".join([ENOUGH, *(str(said[kind]) for kind in needs(terms))])


def coverage(known: FoldedAttribute, wanted: tuple[str, ...] = ()) -> Coverage:
    """The best look that the `coverage` facts report, each as `kind:count` (`home:1`, `imprint:1`,
    `pages:5`).

    Facts of one source and one day report one look. `pages` counts all pages; without it the kinds
    are added up. `wanted` are kinds that must be among them for it to be enough.
    """
    return best_look((fact for side in known.sides for fact in side.facts), wanted)


def best_look(facts: Iterable[Fact], wanted: tuple[str, ...] = ()) -> Coverage:
    """The best look that some `coverage` facts report; all of them count."""
    looks: dict[tuple[str, date], list[Fact]] = defaultdict(list)
    for fact in facts:
        looks[fact.evidence.source, day(fact)].append(fact)
    found = [(_look(of, wanted), when, source) for (source, when), of in looks.items()]
    best = max(
        found, key=lambda look: (look[0].enough, look[0].pages, look[1], look[2]), default=None
    )
    return best[0] if best else Coverage(enough=False, pages=0)


def seen_in(look: Coverage) -> frozenset[str]:
    """The kinds of pages and other things that a look saw."""
    read = [kind_and_count(str(fact.value)) for fact in look.facts]
    return frozenset(one[0] for one in read if one and one[1])


@cache
def needed() -> frozenset[str]:
    """Every kind that some category needs beside enough pages."""
    return frozenset(kind for kinds in _table()["needs"].values() for kind in kinds)


def kind_and_count(text: str) -> tuple[str, int] | None:
    """The kind and the number of a coverage fact, None for what is none."""
    match = _KIND_AND_COUNT.fullmatch(text)
    return (match[1], int(match[2])) if match else None


def _look(facts: list[Fact], wanted: tuple[str, ...]) -> Coverage:
    counts: dict[str, int] = {}
    for fact in facts:
        if read := kind_and_count(str(fact.value)):
            counts[read[0]] = max(counts.get(read[0], 0), read[1])
    kinds = sum(number for kind, number in counts.items() if counts_pages(kind))
    pages = max(counts.get("pages", 0), kinds)
    enough = (
        counts.get("home", 0) > 0
        and pages > MORE_PAGES
        and any(counts.get(kind, 0) for kind in ABOUT_THE_COMPANY)
    )
    enough = enough and all(counts.get(kind, 0) for kind in wanted)
    return Coverage(enough, pages, tuple(sorted(facts, key=lambda fact: fact.id)))


@cache
def _table() -> dict[str, Any]:
    text = (Path(__file__).parent.parent / "data" / "coverage.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return table
