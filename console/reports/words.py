"""The names of steps and groups, as reports show them."""

from __future__ import annotations

from collections.abc import Mapping

from actions.reports import Share

#: The companies at each step, several of them.
STEPS: Mapping[str, str] = {
    "name": "names",
    "suspect": "suspects",
    "prospect": "prospects",
    "reached": "reached",
    "lead": "leads",
    "qualified_lead": "qualified leads",
    "handed_over": "handed over",
    "accepted": "accepted",
    "customer": "customers",
}

#: What companies are grouped by.
GROUPS: Mapping[str, str] = {
    "list": "list",
    "vendor": "vendor",
    "channel": "channel",
    "icp": "profile",
    "scoring": "scoring file",
    "sdr": "SDR",
    "week": "week",
}


def part_of(share: Share, what: str) -> str:
    """A share with what it is of; of too few nothing is said."""
    return str(share) if share.value is None else f"{share} of {what}"
