"""What tests of leads share: the example files, the rule of the example, and short forms."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leads.clock import now
from tests.console.conftest import Sluice

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "examples" / "leads" / "handover.yaml"
NURTURE = ROOT / "examples" / "leads" / "nurture.yaml"
#: What makes a qualified lead by the example; the profile answers `icp`.
RULE = ("need=yes", "timeline=yes", "budget=partly", "authority=partly")


def leads(sluice: Sluice, *options: object) -> dict[str, dict[str, Any]]:
    """The leads of the only campaign, by name."""
    return {one["company"]: one for one in sluice("lead", "list", *options, "--json").json}


def days_until(text: str) -> int:
    """The days from now to a time."""
    return round((datetime.fromisoformat(text) - now()) / timedelta(days=1))


def make_qualified(sluice: Sluice) -> None:
    """Put the example in force, and let Zeta be a qualified lead."""
    sluice("handover", "use", AGREEMENT)
    sluice("lead", "qualify", "zeta.example", *RULE)
