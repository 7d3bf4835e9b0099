"""The facts of one company that is being decided, made into values only when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from leads.ids import dashed
from qualify.decide.fact_content import FactContent, FactsByAttribute, facts_of
from qualify.decide.folded_facts import FoldedFacts
from qualify.decide.lasting import Age
from qualify.decide.likeness import Likeness, likeness

#: What the facts of some attributes say.
Shape = tuple[tuple[FactContent, ...], ...]


@dataclass(slots=True)
class HeldCompany:
    """The facts of one company, made into values only when they are needed."""

    held: FactsByAttribute
    today: date
    _ids: dict[str, list[UUID]] = field(default_factory=dict)
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _listed: dict[str, tuple[dict[str, None], str]] = field(default_factory=dict)
    _books: dict[Shape, FoldedFacts] = field(default_factory=dict)
    _likenesses: dict[Shape, Likeness] = field(default_factory=dict)

    def ids(self, name: str) -> list[UUID]:
        """The ids of the facts of an attribute."""
        if name not in self._ids:
            self._ids[name] = list(map(UUID, self.held.ids[name]))
        return self._ids[name]

    def id_texts(self, name: str) -> list[str]:
        """The same ids as text."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = list(map(dashed, self.held.ids[name]))
        return found

    def listed(self, name: str) -> tuple[dict[str, None], str]:
        """The same ids, and the inside of a JSON list of them."""
        found = self._listed.get(name)
        if found is None:
            texts = self.id_texts(name)
            found = self._listed[name] = dict.fromkeys(texts), quoted_ids(texts)
        return found

    def likeness(self, shape: Shape, age: Callable[[FactContent], Age]) -> Likeness:
        """What those facts have in common with others; of two criteria about the same attributes it
        is found once.
        """
        told_apart = tuple(filter(None, shape))
        found = self._likenesses.get(told_apart)
        if found is None:
            found = self._likenesses[told_apart] = likeness(told_apart, age)
        return found

    def folded(self, names: Sequence[str]) -> FoldedFacts:
        """The facts of these attributes; of two criteria about the same ones they are folded once."""
        said = {name: found for name in names if (found := self.held.said.get(name))}
        key = tuple(said.values())
        if key not in self._books:
            held = FactsByAttribute(self.held.ids, said)
            self._books[key] = FoldedFacts.of(facts_of(held, self.ids), self.today)
        return self._books[key]


def quoted_ids(ids: Iterable[str]) -> str:
    """Ids as the inside of a JSON list."""
    return '"' + '", "'.join(ids) + '"'
