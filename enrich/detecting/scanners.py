"""The fastest scanner that is installed: Hyperscan, else Aho-Corasick."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.detecting.scan import AhoCorasick, Nothing, Scanner


def scanner(texts: Sequence[str], *, backend: str = "") -> Scanner:
    """Build a scanner; `backend` is `hyperscan` or `aho-corasick`, or the fastest that is there."""
    if not texts:
        return Nothing()
    if backend != "aho-corasick":
        try:
            # Installed by the extra `fast` only.
            from enrich.detecting.hyperscan_scan import Hyperscan
        except ImportError:
            if backend:
                raise
        else:
            return Hyperscan(texts)
    return AhoCorasick(texts)
