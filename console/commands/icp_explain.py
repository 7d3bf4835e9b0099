"""`sluice icp explain`: why a company stands where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.options import AsJson, CampaignName, ClientName
from console.cli.output import emit, emit_json, plain
from console.workplace import Workplace, workplace

if TYPE_CHECKING:
    from uuid import UUID

    from leads.store import Tx

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
_TURNED = {"yes": "no", "no": "yes", "unknown": "unknown"}


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("explain")
    def explain(
        company: Annotated[str, typer.Argument(help="A company, by name, domain or id.")],
        icp: Annotated[
            str | None,
            typer.Option("--icp", help="Another profile than the one in force.", metavar="FILE"),
        ] = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Say why a company has its verdict: each answer with its evidence, the score line by line,
        and what would raise it.

        First of all whether it may be contacted: a company that is suppressed or excluded counts as
        disqualified, whatever its verdict.

        Example: sluice icp explain nordwind.example
        """
        from uuid import UUID

        from actions.profiles import read_icp
        from leads.clock import now
        from qualify.run.explaining import explain as explain_company
        from qualify.run.explaining import explanation_json

        profile = read_icp(icp).icp if icp else None
        with workplace() as at, at.store.read() as tx:
            client_id, campaign_id = (
                (at.client(tx, client), None)
                if profile and campaign is None
                else at.campaign(tx, client, campaign)
            )
            found = explain_company(tx, client_id, campaign_id, company, profile, now().date())
            made = explanation_json(found)
            made |= _barred(
                at, tx, client_id, campaign_id, UUID(made["company"]["id"]), made["stage"]
            )
        if as_json:
            emit_json(made)
            return
        for line in _lines(made):
            emit(line)


def _barred(
    at: Workplace, tx: Tx, client_id: UUID, campaign_id: UUID | None, company_id: UUID, stage: str
) -> dict[str, Any]:
    """Why the company must not be contacted, empty when it may be, and the stage people see."""
    from leads.stages import Stage
    from outreach.contact import may_contact, stage_seen
    from outreach.hashing import secret_of
    from outreach.run.contacts import contact_facts

    secret = secret_of(at.settings)
    facts = contact_facts(tx, client_id, campaign_id, [company_id], secret)[company_id]
    return {
        "not_to_be_contacted": may_contact(facts).reason,
        "counts_as": stage_seen(Stage(stage), facts).value,
    }


def _lines(made: Mapping[str, Any]) -> Iterator[str]:
    score = made["score"]
    verdict = made["verdict"].replace("_", " ")
    if made["not_to_be_contacted"]:
        yield f"not to be contacted: {plain(made['not_to_be_contacted'])}"
    yield (
        f"{plain(made['company']['name'])}: {made['counts_as']} ({verdict}) by {made['icp']}"
        f" version {made['version']}"
    )
    yield from _linked(made)
    section = ""
    for one in made["answers"]:
        if one["section"] != section:
            section = one["section"]
            yield section.replace("_", " ").capitalize()
        yield f"  {_mark(one)} {one['criterion']}: {plain(one['reason'])}"
        for fact in one["facts"][:3]:
            yield f"      “{plain(fact['quote'], 100)}” {fact['source']}, {fact['day']}" + (
                f" {fact['url']}" if fact["url"] else ""
            )
    if made["ledger"]:
        yield f"Score {_span(score)}" + (f", grade {_span(made['grade'])}" if made["grade"] else "")
    for line in made["ledger"]:
        yield (
            f"  {_span(line):>10}  {line['criterion']} ({line['answer']}, {line['points']} points"
            " in the profile)"
        )
    for one in made["raises"]:
        how = "if it were known to be so" if one["answer"] == "unknown" else "if that changed"
        yield f"  would rise by up to {one['by']} {how}: {one['criterion']}"
    if made["what_next"]:
        yield made["what_next"][:1].upper() + made["what_next"][1:]
    for line in made["history"]:
        yield (
            f"{line['at'][:16].replace('T', ' ')} {line['from']} to {line['to']}"
            f" ({line['cause'] or 'decided'})"
        )


def _linked(made: Mapping[str, Any]) -> Iterator[str]:
    """With which company this one is counted, or which are counted with it."""
    if made["counted_with"]:
        yield f"  {plain(made['counted_with']['reason'])}"
    if made["members"]:
        yield f"  counted with it: {plain(', '.join(one['name'] for one in made['members']), 200)}"


def _mark(one: Mapping[str, Any]) -> str:
    """✓ for an answer that speaks for the company: a must_not that is not so does."""
    answer = one["answer"]
    return _MARKS[_TURNED[answer] if one["section"] == "must_not" else answer]


def _span(of: Mapping[str, Any]) -> str:
    worst, best = of["worst"], of["best"]
    return (
        f"{worst}"
        if worst == best
        else f"{worst if worst is not None else 'none'} to {best if best is not None else 'none'}"
    )
