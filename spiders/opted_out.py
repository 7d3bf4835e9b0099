"""Hosts whose owners want no visits: asked before every request, redirects included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leads.lexicon.domains import host_name


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Hosts on the list, in lower-case ASCII without `www.`, with the reason; hosts below them
    count too.
    """

    hosts: Mapping[str, str] = field(default_factory=dict)

    def why(self, url: str) -> str | None:
        """Return why the host of a URL or the host itself is not visited; None if it may be."""
        if not self.hosts:
            return None
        name = host_name(url)
        while name:
            if name in self.hosts:
                reason = self.hosts[name]
                return f"{name} is on the opt-out list" + (f": {reason}" if reason else "")
            name = name.partition(".")[2]
        return None


NOBODY = OptedOut()
