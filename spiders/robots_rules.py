"""The rules of one robots.txt, once they are parsed. Imports nothing that is slow to load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from leads.visit_outcomes import Outcome

#: Rules are asked for again after this time: at most a day (RFC 9309 2.4), and sooner where they
#: are unknown.
GOOD_FOR, UNKNOWN_FOR = 86_400.0, 600.0
#: Bytes of memory that the rules of one origin take, without the single rules.
BYTES_A_FILE = 1_000


class Robots(StrEnum):
    """What robots.txt says about the home page."""

    ALLOWED = "allowed"
    ABSENT = "absent"
    DENIED = "denied"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Rules:
    """The rules of one origin for our crawler: allowed URLs, and seconds between pages."""

    allows: Callable[[str], bool]
    state: Robots
    delay: float = 0.0
    reason: str = ""
    #: URLs of sitemaps as robots.txt names them, a few at most.
    sitemaps: tuple[str, ...] = ()
    #: Bytes of memory that they take, about.
    size: int = BYTES_A_FILE

    @property
    def good_for(self) -> float:
        """Return the seconds after which they are asked for again."""
        return UNKNOWN_FOR if self.state is Robots.UNREACHABLE else GOOD_FOR

    @property
    def refusal(self) -> Outcome:
        """Return how a visit ends that these rules do not allow."""
        unknown = self.state is Robots.UNREACHABLE
        return Outcome.ROBOTS_UNKNOWN if unknown else Outcome.ROBOTS_DENIED

    def robots_of(self, url: str) -> Robots:
        """Return the robots state of `url`."""
        return (
            Robots.DENIED if self.state is Robots.ALLOWED and not self.allows(url) else self.state
        )
