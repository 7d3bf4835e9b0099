"""Gather the outcomes of visits, to store several in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from spiders.site import SiteOutcome

#: A gathering is handed on when it has so many outcomes, so many bytes of pages in memory, or is so
#: many seconds old: what a killed process loses.
MOST_OUTCOMES, MOST_BYTES, MOST_SECONDS = 50, 4_000_000, 1.0


class Gathering:
    """Outcomes of different sites on their way to `commit`, which may raise."""

    def __init__(self, commit: Callable[[Sequence[SiteOutcome]], None]) -> None:
        self._commit = commit
        self._held: dict[str, SiteOutcome] = {}
        self._bytes = 0
        self._since = 0.0

    def add(self, outcome: SiteOutcome) -> None:
        """Take in one more."""
        if outcome.domain in self._held:
            self._flush()
        if not self._held:
            self._since = monotonic()
        self._held[outcome.domain] = outcome
        self._bytes += sum(page.held for page in outcome.pages)
        if len(self._held) >= MOST_OUTCOMES or self._bytes >= MOST_BYTES:
            self._flush()

    def tick(self) -> None:
        """Hand them on if they have waited long enough; to be called several times a second."""
        if self._held and monotonic() - self._since >= MOST_SECONDS:
            self._flush()

    def close(self) -> None:
        """Hand on what there is."""
        self._flush()

    def _flush(self) -> None:
        held, self._held, self._bytes = list(self._held.values()), {}, 0
        if held:
            self._commit(held)
