"""Findings as lines of text and as JSON, the same for one name, a file and stored companies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.site_finding import says
from console.cli.output import emit, plain


def print_reasons(row: Mapping[str, Any], more: str = "") -> None:
    """Print the reasons, the sites that were looked at, and what would settle it."""
    for one in row["reasons"]:
        quote = f"  “{plain(one['quote'], 90)}”" if one["quote"] else ""
        emit(f"    {one['weight']:+5.1f}  {says(one['mark'])}{quote}")
    emit(f"    {row['odds']:+5.1f}  in all{more}")
    for site in row["looked"]:
        odds = plain(site["reason"], 80) if site["odds"] is None else f"{site['odds']:+.1f}"
        because = plain(site["because"], 90)
        emit(f"    looked at {site['domain']} ({because}): {site['outcome']} {odds}".rstrip())
    for lack in row["lacks"]:
        emit(f"    would settle it: {plain(lack)}")
