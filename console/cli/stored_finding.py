"""What is stored about a company's site: as JSON, and what people said about it as lines."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from actions.searched_sites import StoredFinding
from console.cli.output import plain

_UNDO = "`sluice sites undo` withdraws it"


def stored_json(company_id: UUID, company: str, found: StoredFinding) -> dict[str, Any]:
    """What is held about a company's site."""
    return {
        "company_id": company_id,
        "company": company,
        "domain": found.domain,
        "band": found.band,
        "odds": found.odds,
        "reasons": list(found.reasons),
        "lacks": list(found.lacks),
        "looked": list(found.looked),
        "found_at": found.found_at,
        "said_by": found.said_by,
        "denied": list(found.denied),
    }


def word_lines(found: StoredFinding) -> list[str]:
    """Say who said what and when, the newest word that stands first; empty without a word."""
    who, at = _last_word(found)
    if not who:
        return []

    denied = list(found.denied)
    if found.said_by and found.domain:
        said = found.domain
    elif denied:
        said = f"not {denied.pop()}"
    else:
        return []

    lines = [f"{plain(who)} said on {at}: {said} ({_UNDO})"]
    if denied:
        lines.append(f"denied before: {', '.join(denied)}")
    return lines


def _last_word(found: StoredFinding) -> tuple[str, str]:
    """Who gave the last word that stands, and the day; a search may have been made since."""
    if found.said_by:
        return found.said_by, f"{found.found_at:%Y-%m-%d}"
    held = found.before or {}
    if not held.get("who"):
        return "", ""
    said_at = held.get("said_at")
    at = f"{datetime.fromisoformat(said_at):%Y-%m-%d}" if said_at else "an earlier day"
    return str(held["who"]), at
