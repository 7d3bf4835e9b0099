"""What was learned from questions so far, kept for a while: every batch of questions asks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The planner is imported with the first question alone.
    from sources.planner.offer import Experience

#: It is read again after so many times as long as reading it took, and after so many seconds.
_TIMES, _LONGEST = 20, 60.0


@dataclass(slots=True)
class Learned:
    """The experience of campaigns, as one process read it: to read it takes a twentieth of the time
    at most, however many questions there are.
    """

    #: In seconds.
    clock: Callable[[], float] = monotonic
    #: With the moment until which it is kept.
    _known: dict[Hashable, tuple[float, Experience]] = field(default_factory=dict)

    def of(self, whose: Hashable, read: Callable[[], Experience]) -> Experience:
        """What was learned by somebody, out of the store if what is known is too old."""
        began = self.clock()
        until, known = self._known.get(whose, (began, None))
        if known is not None and began < until:
            return known
        found = read()
        ended = self.clock()
        self._known[whose] = (ended + min(_TIMES * (ended - began), _LONGEST), found)
        return found
