"""How much was looked at: only after enough of a company's site was read does silence about a technology mean anything."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from leads.facts import Fact
from leads.known import Known
from leads.usable import day

#: Pages beside the home page that must have been read.
MORE_PAGES = 4
#: One of these must be among them: they are where a company says who it is.
ABOUT_THE_COMPANY = ("imprint", "contact")
ENOUGH = f"the home page and {MORE_PAGES} more with an imprint or contact page among them"

_KIND_AND_COUNT = re.compile(r"([a-z][a-z_]*):(\d{1,6})")
_NO_PAGES = ("headers", "scripts", "pages")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The best look at one source on one day."""

    enough: bool
    #: Pages read, the home page included.
    pages: int
    facts: tuple[Fact, ...] = ()

    def __str__(self) -> str:
        if not self.pages:
            return "no page was read"
        when = f" on {day(self.facts[0]).isoformat()}" if self.facts else ""
        return f"{self.pages} page{'s were' if self.pages > 1 else ' was'} read{when}"


def coverage(known: Known) -> Coverage:
    """The best look that the `coverage` facts tell of, each as `kind:count` (`home:1`, `imprint:1`, `pages:5`).

    Facts of one source and one day tell of one look. `pages` counts all pages; without it the kinds are added up.
    """
    looks: dict[tuple[str, date], list[Fact]] = defaultdict(list)
    for side in known.sides:
        for fact in side.facts:
            looks[fact.evidence.source, day(fact)].append(fact)
    found = [(_look(facts), when, source) for (source, when), facts in looks.items()]
    best = max(found, key=lambda look: (look[0].enough, look[0].pages, look[1], look[2]), default=None)
    return best[0] if best else Coverage(enough=False, pages=0)


def _look(facts: list[Fact]) -> Coverage:
    counts: dict[str, int] = {}
    for fact in facts:
        if match := _KIND_AND_COUNT.fullmatch(str(fact.value)):
            counts[match[1]] = max(counts.get(match[1], 0), int(match[2]))
    kinds = sum(number for kind, number in counts.items() if kind not in _NO_PAGES)
    pages = max(counts.get("pages", 0), kinds)
    enough = counts.get("home", 0) > 0 and pages > MORE_PAGES and any(counts.get(kind, 0) for kind in ABOUT_THE_COMPANY)
    return Coverage(enough, pages, tuple(sorted(facts, key=lambda fact: fact.id)))
