"""Rules ready to use: the product's, alone or with those that a user brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from enrich.detecting.engine import Engine
from enrich.detecting.own import own_pack
from enrich.detecting.rules import Recognised, RuleSet
from enrich.detecting.wappalyzer import read_rules
from enrich.tables import words
from leads.lexicon.technologies import catalog, find

#: Categories of the Wappalyzer schema that the catalog lacks keep their number.
NUMBERED = "number-"


@dataclass(frozen=True)
class Detector:
    """An engine with what its rules are tied to."""

    ruleset: RuleSet
    backend: str = ""

    @cached_property
    def engine(self) -> Engine:
        """The engine of the rules."""
        return Engine(self.ruleset, self.backend)

    @property
    def known(self) -> Mapping[str, Recognised]:
        """What the rules of each technology are tied to, by slug."""
        return self.ruleset.technologies

    @cached_property
    def categories(self) -> Mapping[str, frozenset[str]]:
        """Categories by slug, of the catalog and of the rules."""
        found = {slug: one.categories for slug, one in catalog().items()}
        for slug, one in self.known.items():
            found[slug] = found.get(slug, frozenset()) | one.categories
        return found

    @cached_property
    def implied(self) -> Mapping[str, Mapping[str, int]]:
        """What a technology implies, in percent of its confidence."""
        found: dict[str, dict[str, int]] = {
            slug: dict.fromkeys(one.implies, 100) for slug, one in catalog().items() if one.implies
        }
        for slug, one in self.known.items():
            for other, share in one.suggests.items():
                found.setdefault(slug, {}).setdefault(other, share)
        return found

    def name(self, slug: str) -> str:
        """Return the name of a technology, of the catalog or of the rules."""
        known = catalog().get(slug)
        if known is not None:
            return known.name
        return self.known[slug].name if slug in self.known else slug


@cache
def detector(brought: Path | None = None) -> Detector:
    """Return the product's rules, with those of a file or folder that a user brings."""
    own = own_pack().ruleset
    if brought is None:
        return Detector(own)
    return Detector(together(own, brought_rules(brought)))


@cache
def brought_rules(path: Path) -> RuleSet:
    """Read the rules that a user brings; FileError where there are none."""
    return read_rules(path, _slug, words("technology_categories"))


def _slug(name: str) -> str | None:
    known = find(name)
    return known.slug if known else None


def together(own: RuleSet, brought: RuleSet) -> RuleSet:
    """Join two sets of rules; what our own rules of a technology are tied to stays."""
    return RuleSet(
        rules=(*own.rules, *brought.rules),
        technologies={**brought.technologies, **own.technologies},
        problems=(*own.problems, *brought.problems),
        unread=brought.unread,
    )
