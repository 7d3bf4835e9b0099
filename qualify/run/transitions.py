"""Events for companies that a verdict moves to another stage, each with its cause."""

from __future__ import annotations

from leads.store import events
from leads.store.profiles import StoredIcp
from leads.verdicts import NewVerdict, VerdictRow
from qualify.run.held_facts import HeldFacts


def transition(
    before: VerdictRow | None, after: NewVerdict, icp: StoredIcp, held: HeldFacts
) -> events.Happened | None:
    """The event for a verdict; None when the stage stays the same."""
    old = before.fit_stage if before else "name"
    if old == after.fit_stage:
        return None
    return events.Happened(
        verb="stage changed",
        thing="company",
        thing_id=after.company_id,
        client_id=after.client_id,
        reason=f"{old} to {after.fit_stage} by {icp.name} version {icp.version}",
        data={
            "from": old,
            "to": after.fit_stage,
            "cause": _cause(before, after, held),
            "icp": icp.name,
            "version": icp.version,
            "campaign": str(after.campaign_id),
            "facts": after.fact_ids,
        },
    )


def _cause(before: VerdictRow | None, after: NewVerdict, held: HeldFacts) -> str:
    """What moved a company: its first decision, another version, links, a told answer, other facts,
    or the time that passed.
    """
    if before is None:
        return "first decision"
    if before.icp_version_id != after.icp_version_id:
        return "another version"
    if _links(before) != _links(after):
        return "links"
    new_facts = set(after.fact_ids) - set(before.fact_ids)
    if new_facts & held.told():
        return "told answer"
    return "facts" if set(after.fact_ids) != set(before.fact_ids) else "time"


def _links(row: NewVerdict) -> tuple[bool, str | None]:
    """Whether linked companies changed how one was counted, and which one it was counted with."""
    return row.rolled_up is not None, (row.rolled_up or {}).get("with")
