"""Encode international host names; slow to import."""

from __future__ import annotations

import idna


def encode_idna(host: str) -> str:
    """Return the ASCII form of a host (IDNA 2008); "" if it has none."""
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (UnicodeError, IndexError):
        return ""
