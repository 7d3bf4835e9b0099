"""Resolve a stated parent company, given by name or number, to one of the client's companies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from leads.lexicon.names.company_names import parse_name

_APART = re.compile(r"[\W_]+")


def number_key(text: str) -> str:
    """Normalise a register number without separators; empty if it has no digit."""
    return _APART.sub("", text.casefold()) if any(map(str.isdigit, text)) else ""


class CompanyIndex:
    """Index of companies by name and by register number."""

    def __init__(
        self, names: Iterable[tuple[UUID, str]], numbers: Iterable[tuple[UUID, str]]
    ) -> None:
        """Index all names and numbers of a client's live companies."""
        self._names: dict[str, dict[UUID, set[tuple[str, ...]]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for company, name in set(names):
            parsed = parse_name(name)
            self._names[parsed.core][company].add(tuple(sorted(parsed.forms)))
        self._numbers: dict[str, set[UUID]] = defaultdict(set)
        for company, number in numbers:
            self._numbers[number_key(number)].add(company)

    def of(self, text: str) -> set[UUID]:
        """Return companies a text may mean: by number, else by name; exact legal forms win."""
        if (number := number_key(text)) and (found := self._numbers.get(number)):
            return set(found)
        parsed = parse_name(text)
        named = self._names.get(parsed.core, {}) if parsed.core else {}
        form = tuple(sorted(parsed.forms))
        exact = {company for company, forms in named.items() if form and form in forms}
        if exact:
            return exact
        return {company for company, forms in named.items() if not form or () in forms}


def resolve_parents(
    stated: Iterable[tuple[UUID, str]], index: CompanyIndex
) -> dict[UUID, tuple[UUID, str]]:
    """Return each company's stated parent with the text; skip ambiguous, unknown or self."""
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for company, text in sorted(set(stated)):
        candidates = index.of(text)
        if len(candidates) != 1:
            continue
        parent = next(iter(candidates))
        if parent != company:
            found[company].setdefault(parent, text)
    return {
        company: next(iter(parents.items()))
        for company, parents in found.items()
        if len(parents) == 1
    }


def without_cycles(wanted: Mapping[UUID, UUID], fixed: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Drop parents that would create a cycle among each other or with the `fixed` ones."""
    above = {**wanted, **fixed}
    return {
        company: parent
        for company, parent in wanted.items()
        if company not in fixed and not _in_cycle(company, above)
    }


def _in_cycle(company: UUID, above: Mapping[UUID, UUID]) -> bool:
    seen, at = {company}, above.get(company)
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at == company
