"""`sluice qualify` without a file: decide again about a campaign's companies."""

from __future__ import annotations

from actions import qualification
from actions.qualification import CampaignCounts, Where
from actions.session import open_session
from console.cli.output import counted, emit, emit_json
from console.cli.progress import Progress
from console.cli.work import report_work


def qualify_campaign(
    client: str, campaign: str | None, user: str | None, *, every: bool, as_json: bool
) -> None:
    """Decide again about a campaign's companies, and print how many are at each stage."""
    with Progress() as progress, open_session(user, progress) as session:
        found = qualification.qualify_campaign(session, Where(client, campaign), every=every)
    _print_counts(found, as_json=as_json)


def _print_counts(found: CampaignCounts, *, as_json: bool) -> None:
    if as_json:
        emit_json({"companies": found.companies, "again": found.again, **found.funnel})
    else:
        every = counted(found.companies, "company", "companies")
        emit(f"{every}, decided again: {found.again:,}")
        for name, count in found.funnel["stages"].items():
            emit(f"  {name.replace('_', ' ')}: {count:,}")
    report_work(found.work)
