"""Rules with all that detection needs to know of their technologies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from enrich.detecting.engine import Engine
from enrich.detecting.literals import Clause
from enrich.detecting.rules import Recognised, RuleSet


@dataclass(frozen=True)
class Detector:
    """Rules with all that detection needs to know of their technologies."""

    ruleset: RuleSet
    #: What must occur for each rule to match.
    clauses: Sequence[Sequence[Clause]]
    names: Mapping[str, str]
    #: Categories by slug, of the catalog and of the rules.
    categories: Mapping[str, frozenset[str]]
    #: What a technology implies, in percent of its confidence.
    implied: Mapping[str, Mapping[str, int]]
    backend: str = ""

    @cached_property
    def engine(self) -> Engine:
        """The engine of the rules."""
        return Engine(self.ruleset, self.clauses, self.backend)

    @property
    def known(self) -> Mapping[str, Recognised]:
        """What the rules of each technology are tied to, by slug."""
        return self.ruleset.technologies

    def name(self, slug: str) -> str:
        """Return the name of a technology; its slug if nothing names it."""
        return self.names.get(slug, slug)
