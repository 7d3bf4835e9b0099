"""What was found out about one question, before it is known what the profile does with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.answers import Answer


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer, why, and the facts it rests on."""

    answer: Answer
    #: One plain sentence without a full stop: the value, its source, its day.
    reason: str
    facts: tuple[UUID, ...] = ()
