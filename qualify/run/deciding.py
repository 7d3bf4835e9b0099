"""Decide about companies from their stored facts, and store the verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

from leads.changes import Change, OpenQuestions, VerdictsChanged
from leads.collection import rare_collection
from leads.ids import dashed
from leads.revisits import age_of, base_age
from leads.store import Tx, events, profiles, site_states, verdicts
from leads.store.companies import ids_of, over_among
from leads.store.profiles import StoredIcp
from leads.verdicts import DatedVerdict, NewVerdict, VerdictBrief, VerdictRow
from leads.version import own_version
from qualify.decide.explainer import Explainer
from qualify.decide.lasting import is_current, last_day
from qualify.run.grouping import Grouping, grouping
from qualify.run.held_facts import HeldFacts, held_facts, held_facts_of_wholes
from qualify.run.profiles import profile_of
from qualify.run.transitions import transition
from qualify.run.verdict_row import (
    Origin,
    counted_elsewhere_row,
    same_decision,
    verdict_row,
    versions,
)

_Of = TypeVar("_Of")
#: Attributes that a company's own site may state: only for these is it visited.
ON_SITES = frozenset(
    (
        "technology",
        "employees",
        "country",
        "city",
        "postcode",
        "founded",
        "language",
        "certificate",
        "job_opening",
        "openings",
        "asks_for",
        "industry",
        "keyword",
        "legal_form",
    )
)


def decide(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], today: date
) -> list[Change]:
    """Decide about companies under the profile in force; verdicts that stay the same are kept."""
    with rare_collection():
        return _decide(tx, client_id, campaign_id, company_ids, today)


def _decide(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], today: date
) -> list[Change]:
    icp = profiles.in_force(tx, campaign_id)
    over = over_among(tx, company_ids)
    live = [one for one in company_ids if one not in over]
    if icp is None or not live:
        return []
    # Before the facts, so that a verdict stored meanwhile is noticed and stays. It may rest on older
    # facts than ours; that does no harm, because one lease at a time holds the task of a company, and
    # who changes facts asks for that task again.
    before = verdicts.dated(tx, campaign_id, live)
    explainer, grouped = _explainer(icp, today), grouping(tx, client_id, profile_of(icp), live)
    held = _held(tx, client_id, live, explainer.lasting.attributes, grouped)

    rows: dict[UUID, NewVerdict] = {}
    made_by = f"{icp.id}\n{_made_by()}"
    for one in live:
        facts = held[one]
        basis = _basis(made_by, facts, grouped.why(one))
        if _stays(before.get(one), basis, today):
            continue
        origin = Origin(
            client_id=client_id,
            campaign_id=campaign_id,
            company_id=one,
            icp_version_id=icp.id,
            today=today,
            basis=basis,
        )
        rows[one] = _decided(explainer, facts, origin, grouped)

    changes: list[Change] = []
    seen = {one: old.id for one, old in before.items()}
    if changed := _store(tx, campaign_id, rows, icp, held, seen):
        changes.append(VerdictsChanged(client_id, campaign_id, tuple(changed)))
    site_states.rest_on(tx, _ages(rows, held))
    waiting = _waiting(rows.get(one) or before[one] for one in live)
    return changes + _open_questions(client_id, campaign_id, held, waiting)


def _open_questions(
    client_id: UUID, campaign_id: UUID, held: Mapping[UUID, HeldFacts], waiting: Sequence[UUID]
) -> list[Change]:
    sites = _sites_of(held, waiting)
    unsited = tuple(one for one in waiting if not held[one].sites)
    asks = sites or unsited
    return [OpenQuestions(client_id, campaign_id, sites, unsited)] if asks else []


def _stays(old: DatedVerdict | None, basis: str, today: date) -> bool:
    """Check whether a verdict rests on the same facts and has not expired."""
    if old is None or old.basis != basis:
        return False
    return is_current(old.today, old.lasts_until, today)


def _ages(rows: Mapping[UUID, NewVerdict], held: Mapping[UUID, HeldFacts]) -> dict[str, timedelta]:
    """How old the facts of sites may be, by the site: those that verdicts but refusals rest on."""
    found: dict[str, timedelta] = {}
    for one, row in rows.items():
        if row.verdict == "no_fit" or not held[one].sites:
            continue
        used = set(row.fact_ids)
        facts = held[one].by_attribute
        for name, some in facts.said.items():
            for id_, said in zip(facts.ids[name], some, strict=True):
                kind, _, site = said.evidence.source.partition(":")
                if kind == "site" and dashed(id_) in used:
                    found[site] = min(found.get(site, base_age()), age_of(name))
    return {site: age for site, age in found.items() if age < base_age()}


def _sites_of(held: Mapping[UUID, HeldFacts], companies: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted({site for one in companies for site in held[one].sites}))


def _decided(
    explainer: Explainer, held: HeldFacts, origin: Origin, grouped: Grouping
) -> NewVerdict:
    company_id = origin.company_id
    if root := grouped.above.get(company_id):
        return counted_elsewhere_row(origin, root.company, grouped.why(company_id))
    facts = held.by_attribute
    decision, until = explainer.write(facts)
    used = [UUID(one) for one in decision.fact_ids] if held.whole else ()
    rolled_up = {"facts": held.whole.adjusted(used)} if held.whole else None
    return verdict_row(origin, decision, last_day(origin.today, until), rolled_up)


def _held(
    tx: Tx, client_id: UUID, ids: Sequence[UUID], attributes: Sequence[str], grouped: Grouping
) -> dict[UUID, HeldFacts]:
    """Load the facts about companies; companies counted with another one get none."""
    wholes = held_facts_of_wholes(grouped.wholes(tx, client_id, ids), attributes)
    alone = [one for one in ids if one not in wholes and one not in grouped.above]
    found = held_facts(tx, client_id, alone, attributes)
    if len(alone) == len(ids):
        return found
    nothing = {one: HeldFacts() for one in ids}
    return nothing | found | wholes


def _store(
    tx: Tx,
    campaign_id: UUID,
    rows: Mapping[UUID, NewVerdict],
    icp: StoredIcp,
    held: Mapping[UUID, HeldFacts],
    seen: Mapping[UUID, UUID],
) -> list[UUID]:
    """Store the verdicts that differ from those in force; the companies that got a new one.

    A verdict that another transaction stored meanwhile stays: `seen` were in force before the facts
    were read.
    """
    before = verdicts.in_force(tx, campaign_id, list(rows))
    if not before:
        return _replace(tx, rows, before, icp, held)
    newer = {one for one, old in before.items() if old.id != seen.get(one)}
    return _replace(tx, _without(rows, newer), _without(before, newer), icp, held)


def _replace(
    tx: Tx,
    rows: Mapping[UUID, NewVerdict],
    before: Mapping[UUID, VerdictRow],
    icp: StoredIcp,
    held: Mapping[UUID, HeldFacts],
) -> list[UUID]:
    """Store verdicts in place of those before that they differ from."""
    same = {one for one, old in before.items() if same_decision(old, rows[one])}
    kept = [(before[one].id, rows[one].basis, rows[one].lasts_until) for one in same]
    verdicts.keep(tx, kept)

    changed = [one for one in rows if one not in same]
    verdicts.supersede(tx, [before[one].id for one in changed if one in before])
    verdicts.add(tx, [rows[one] for one in changed])
    moved = [transition(before.get(one), rows[one], icp, held[one]) for one in changed]
    events.log(tx, [line for line in moved if line])
    return changed


def _without(by_company: Mapping[UUID, _Of], some: Collection[UUID]) -> dict[UUID, _Of]:
    return {one: what for one, what in by_company.items() if one not in some}


@lru_cache(maxsize=4)
def _explainer(icp: StoredIcp, today: date) -> Explainer:
    # Kept, because the answers found for one batch of companies serve the next.
    return Explainer(profile_of(icp), today)


def _basis(made_by: str, held: HeldFacts, elsewhere: str) -> str:
    """Hash everything that a decision rests on, except the day; `made_by` is the profile and the
    program.

    The same basis gives the same decision while no fact becomes too old.
    """
    parts = (made_by, *held.rests_on, *([elsewhere] if elsewhere else []))
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


@cache
def _made_by() -> str:
    return f"{own_version()} {versions()}"


def open_sites(tx: Tx, client_id: UUID, campaign_id: UUID) -> tuple[str, ...]:
    """List the sites that may answer the open questions of a campaign's companies."""
    found = verdicts.brief(tx, campaign_id, ids_of(tx, client_id))
    waiting = _waiting(found.values())
    icp = profiles.in_force(tx, campaign_id)
    below = grouping(tx, client_id, profile_of(icp), waiting).below if icp else {}
    everyone = [each for one in waiting for each in (one, *below.get(one, ()))]
    held = held_facts(tx, client_id, everyone, ())
    return _sites_of(held, held)


def _waiting(rows: Iterable[VerdictBrief]) -> list[UUID]:
    return [
        row.company_id
        for row in rows
        if row.verdict == "unknown" and ON_SITES.intersection(row.waits_for)
    ]
