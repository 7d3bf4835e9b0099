"""Fetch from another site than the one that is visited, in the time that its visit has left."""

from __future__ import annotations

from dataclasses import replace

from spiders.fetch import Fetcher, Ways
from spiders.site import SiteToCrawl

#: Seconds that a fetcher has at least: with none, it would report a limit of zero seconds.
_FEWEST_SECONDS = 0.1


def other_fetcher(site: SiteToCrawl, fetch: Fetcher, ways: Ways) -> Fetcher:
    """Return a fetcher for another site, with the seconds that the visit of `fetch` has left.

    It waits for no one: what the other site asks to wait for is a FetchError.
    """
    left = max(fetch.seconds_left, _FEWEST_SECONDS)
    limits = replace(ways.limits, seconds_per_site=left, waits_per_site=0)
    return Fetcher(site, replace(ways, limits=limits))
