"""How often shared reports are opened, and what they showed last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from uuid import UUID

from actions.reports import CampaignReport
from console.api.rates import Rates

#: Views a minute from one network, and of one link.
PER_NETWORK, PER_LINK = 60, 60
#: Reports that are kept, and for how many seconds: a link that is opened often is counted once.
_MOST, _LONG = 50, 60.0


class Viewing:
    """How often links are opened, and what they showed last."""

    def __init__(self) -> None:
        """Nothing was opened yet."""
        self.networks, self.links = Rates(PER_NETWORK), Rates(PER_LINK)
        self._known: OrderedDict[UUID, tuple[float, CampaignReport]] = OrderedDict()
        self._counting: set[UUID] = set()
        self._lock = Lock()

    def known(self, share_id: UUID) -> CampaignReport | None:
        """The figures that a link showed a moment ago."""
        with self._lock:
            found = self._known.get(share_id)
        return found[1] if found and monotonic() - found[0] < _LONG else None

    def keep(self, share_id: UUID, found: CampaignReport) -> None:
        """Keep figures for who opens the link next."""
        with self._lock:
            self._known[share_id] = (monotonic(), found)
            self._known.move_to_end(share_id)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)

    @contextmanager
    def counting(self, share_id: UUID) -> Iterator[bool]:
        """Whether this request is the one that counts; others do not wait in a thread for it."""
        with self._lock:
            is_first = share_id not in self._counting
            self._counting.add(share_id)
        try:
            yield is_first
        finally:
            if is_first:
                self._counting.discard(share_id)
