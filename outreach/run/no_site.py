"""Say in one line why a company has no site of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leads.store.site_findings import StoredFinding
from leads.visit_outcomes import Outcome

_UNTIL = "no visit before "
_SAYS: Mapping[str, str] = {
    Outcome.ROBOTS_DENIED: "robots.txt forbids it",
    Outcome.OPTED_OUT: "its owner wants no visits",
    Outcome.TOO_LARGE: "its page is too large to read",
    Outcome.TIMEOUT: "it did not answer in time",
    Outcome.UNREACHABLE: "it did not answer",
}


def why_no_site(found: StoredFinding | None) -> str:
    """Say why no site was found; empty if one was, or if none was looked for."""
    if found is None or found.band == "accept":
        return ""
    if found.band == "review":
        return f"{found.domain} may be it: `sluice sites review`"
    if found.said_by and found.denied:
        return f"{found.said_by} said that {found.denied[-1]} is not its site"
    return _left_open(found)


def _left_open(found: StoredFinding) -> str:
    unseen = [one for one in found.looked if one["odds"] is None]
    if unseen:
        return _unseen(unseen[0])
    if found.looked:
        return "no site that was looked at shows the company"
    told = next((one["quote"] for one in found.reasons if one["mark"] == "nothing_seen"), "")
    return "no candidate answered" if told.startswith("none of") or not told else told


def _unseen(site: Mapping[str, Any]) -> str:
    _, asked, until = site["reason"].partition(_UNTIL)
    if asked:
        return f"{site['domain']} asked to wait until {until}"
    says = _SAYS.get(site["outcome"], site["reason"] or site["outcome"].replace("_", " "))
    return f"{site['domain']}: {says}"
