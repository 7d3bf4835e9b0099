"""Rules ready to use: the product's, alone or with those that a user brings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from enrich.detecting.detector import Detector
from enrich.detecting.engine import required
from enrich.detecting.kept import kept
from enrich.detecting.pack import own_pack
from enrich.detecting.rules import RuleSet
from enrich.detecting.wappalyzer import read_rules
from enrich.tables import words
from leads.lexicon.technologies import catalog, find


@cache
def detector(brought: Path | None = None) -> Detector:
    """Return the product's rules, with those of a file or folder that a user brings.

    UsageError names a file that holds no rules. What was read is kept in the cache folder of the
    user until a file changes.
    """
    return kept(brought, build)


def build(brought: Path | None) -> Detector:
    """Read all rules from their files."""
    own = own_pack().ruleset
    return of_rules(together(own, brought_rules(brought)) if brought else own)


def of_rules(rules: RuleSet, backend: str = "") -> Detector:
    """Return a detector of rules, with the names and categories of the catalog."""
    names = {slug: one.name for slug, one in rules.technologies.items()}
    categories = {slug: one.categories for slug, one in rules.technologies.items()}
    implied = {slug: dict(one.suggests) for slug, one in rules.technologies.items()}
    for slug, one in catalog().items():
        names[slug] = one.name
        categories[slug] = one.categories | categories.get(slug, frozenset())
        if one.implies:
            implied[slug] = implied.get(slug, {}) | dict.fromkeys(one.implies, 100)
    return Detector(
        rules,
        [required(rule) for rule in rules.rules],
        names,
        categories,
        {slug: some for slug, some in implied.items() if some},
        backend,
    )


def brought_rules(path: Path) -> RuleSet:
    """Read the rules that a user brings; UsageError where there are none."""
    return read_rules(path, _slug, words("technology_categories"))


def _slug(name: str) -> str | None:
    # A name may end in an abbreviation in brackets.
    known = find(name) or find(name.partition(" (")[0])
    return known.slug if known else None


def together(own: RuleSet, brought: RuleSet) -> RuleSet:
    """Join two sets of rules; our own ties of a technology win."""
    return RuleSet(
        rules=(*own.rules, *brought.rules),
        technologies={**brought.technologies, **own.technologies},
        problems=(*own.problems, *brought.problems),
        unread=brought.unread,
    )
