"""State facts with the words of the register that they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leads.facts import Scope
from leads.values import Value
from sources.answers import SourceFact

_LONGEST = 500
_SURE = 0.95


@dataclass(slots=True)
class Statements:
    """The facts of one entry, in the order stated, each once."""

    facts: list[SourceFact] = field(default_factory=list)
    #: That of facts added without one, 0 to 1.
    confidence: float = _SURE

    def add(
        self,
        attribute: str,
        value: Value | None,
        name: str,
        written: Any,
        *,
        as_of: date | None = None,
        scope: Scope = Scope.COMPANY,
        confidence: float | None = None,
        inferred: bool = False,
    ) -> None:
        """State a value that the field `name` holds as `written`; None and "" state nothing."""
        if value is None or value == "":
            return
        said = SourceFact(
            attribute=attribute,
            value=value,
            quote=f"{name}: {written}"[:_LONGEST],
            as_of=as_of,
            scope=scope,
            confidence=self.confidence if confidence is None else confidence,
            inferred=inferred,
        )
        if said not in self.facts:
            self.facts.append(said)

    def all(self) -> tuple[SourceFact, ...]:
        """The facts stated."""
        return tuple(self.facts)
