"""What was found out about one question, before it is known what the profile does with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.answers import Answer
from qualify.words.reasons import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer, why, and the facts it rests on."""

    answer: Answer
    #: The value, its source, its day.
    reason: Reason
    facts: tuple[UUID, ...] = ()
