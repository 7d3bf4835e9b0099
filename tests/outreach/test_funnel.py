"""The counts of a campaign: counted by the database, they are those of a look at each company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.company_kind import CompanyIs
from leads.ids import new_id
from leads.stages import Stage
from leads.store import Tx, companies, company_records, imports, lists, queue, records, verdicts
from leads.store.companies import CompanyRow
from leads.store.lists import ListAbout
from leads.store.schema import company_score, scoring_file
from leads.verdicts import NewVerdict
from outreach.contact import ContactFacts, stage_seen
from outreach.run.refresh import refresh, statuses_of
from outreach.run.suppress import SuppressionRequest
from outreach.run.suppress import add as suppress
from tests.leads.test_bulk_plans import a_record
from tests.outreach.conftest import SECRET, MadeClient, World
from workers.report import funnel, funnel_of_client

#: Verdict, stage, whether a person is to ask, what it waits for.
VERDICTS: tuple[tuple[str, str, bool, list[str]] | None, ...] = (
    None,
    ("fit", "prospect", False, []),
    ("unknown", "suspect", True, ["technology"]),
    ("unknown", "suspect", False, ["technology", "coverage"]),
    ("unknown", "name", False, ["employees", "technology"]),
    ("no_fit", "disqualified", False, ["employees"]),
)
KNOWN = ("", "lead", "customer", "lost", "excluded", "suppressed", "out", "merged", "gone")


def _one_by_one(tx: Tx, owner: MadeClient, ids: Sequence[UUID]) -> dict[str, Any]:
    """The same counts from what is known of each company."""
    statuses = statuses_of(tx, owner.id, owner.campaign_id, ids, SECRET)
    found = verdicts.brief(tx, owner.campaign_id, ids)
    stages = Counter(stage_seen(Stage(one.fit_stage), one.contact) for one in statuses.values())
    opened = [row for row in found.values() if row.verdict == "unknown"]
    waiting = Counter(name for row in opened for name in row.waits_for)
    rows = queue.entries(tx, owner.campaign_id, ids).values()
    return {
        "stages": {one.value: stages.get(one, 0) for one in Stage},
        "waiting": dict(sorted(waiting.items(), key=lambda one: (-one[1], one[0]))),
        **_barred([one.contact for one in statuses.values()]),
        "queued": sum(row.state in ("ready", "leased") for row in rows),
    }


def _barred(contacts: Sequence[ContactFacts]) -> dict[str, int]:
    return {
        "excluded": sum(one.excluded is not None for one in contacts),
        "suppressed": sum(one.suppressed is not None for one in contacts),
        "unreachable": sum(one.unreachable is not None for one in contacts),
    }


def _verdict(
    owner: MadeClient, company_id: UUID, said: tuple[str, str, bool, list[str]]
) -> NewVerdict:
    verdict, stage, asks, waits_for = said
    return NewVerdict(
        client_id=owner.id,
        campaign_id=owner.campaign_id,
        company_id=company_id,
        icp_version_id=owner.profile_id,
        verdict=verdict,
        fit_stage=stage,
        asks=asks,
        why_not="",
        score_worst=0,
        score_best=0,
        waits_for=waits_for,
        answers=[],
        decides=[],
        fact_ids=[],
        today=now().date(),
        versions={},
        basis=None,
        lasts_until=None,
        rolled_up=None,
    )


def _fill(tx: Tx, owner: MadeClient) -> dict[tuple[int, str], UUID]:
    """A company for each verdict and each other thing that may be known of it."""
    every = {pair: new_id() for pair in product(range(len(VERDICTS)), KNOWN)}
    rows = [CompanyRow(one, f"Acme {place} {known}", "") for (place, known), one in every.items()]
    companies.add_companies(tx, owner.id, CompanyIs.LEGAL_ENTITY, rows)
    decided = [(one, VERDICTS[place]) for (place, _), one in every.items()]
    verdicts.add(tx, [_verdict(owner, one, said) for one, said in decided if said])
    # Placed before anything else is known: the queue follows later.
    refresh(tx, owner.id, owner.campaign_id, list(every.values()), SECRET)
    return every


def _tell(tx: Tx, owner: MadeClient, every: dict[tuple[int, str], UUID]) -> None:
    for (_, known), one in every.items():
        if known in ("lead", "customer", "lost"):
            verdicts.relate(tx, owner.id, owner.campaign_id, one, known, "by a test")
        if known == "suppressed":
            asked = SuppressionRequest(
                kind=None, text=str(one), level="client", by="ann", client_id=owner.id
            )
            suppress(tx, asked, SECRET)
    named = {known: [one for (_, is_), one in every.items() if is_ == known] for known in KNOWN}
    _exclude(tx, owner, named["excluded"])
    _score_out(tx, owner, named["out"])
    companies.redirect(tx, [(one, named[""][0]) for one in named["merged"]])
    companies.leave(tx, named["gone"])


def _exclude(tx: Tx, owner: MadeClient, ids: Sequence[UUID]) -> None:
    list_id = lists.list_of(tx, owner.id, "crm", ListAbout(role="customers"))
    import_id = imports.add_import(tx, owner.id, list_id, "crm.csv", "", {"columns": []})
    rows = [a_record(number) for number in range(len(ids))]
    records.add_records(tx, owner.id, list_id, import_id, rows)
    placed = zip([row.id for row in rows], ids, strict=True)
    company_records.put_records(tx, list(placed))


def _score_out(tx: Tx, owner: MadeClient, ids: Sequence[UUID]) -> None:
    shared = {"client_id": owner.id, "campaign_id": owner.campaign_id, "version": 1}
    named = {"name": "s", "content": "", "content_hash": "", "by": "ann", "at": now()}
    tx.execute(insert(scoring_file).values(id=new_id(), **shared, **named))
    cold = {"temperature": "cold", "total": 0, "scored_at": now(), "qualifications": []}
    for one in ids:
        row = {**shared, **cold, "company_id": one, "disqualified": True}
        tx.execute(insert(company_score).values(**row))


@pytest.mark.parametrize("is_told", [False, True])
def test_the_counts_are_those_of_a_look_at_each_company(world: World, *, is_told: bool) -> None:
    owner, other = world.client("acme"), world.client("other")
    with world.store.write() as tx:
        _fill(tx, other)
        every = _fill(tx, owner)
        if is_told:
            _tell(tx, owner, every)
    with world.store.read() as tx:
        live = sorted(companies.companies_of(tx, owner.id))
        counted = funnel_of_client(tx, owner.id, owner.campaign_id, SECRET)
        assert counted == (len(live), _one_by_one(tx, owner, live))
        told = [counted[1][name] for name in ("excluded", "suppressed", "queued")]
        assert told == ([6, 6, 14] if is_told else [0, 0, 18])
        # Companies of a run, some of which have ended since.
        some = sorted(every.values())[::2]
        expected = _one_by_one(tx, owner, some)
        assert funnel(tx, owner.id, owner.campaign_id, some, SECRET) == expected


def test_a_client_without_companies(world: World) -> None:
    owner = world.client("acme")
    with world.store.read() as tx:
        number, counts = funnel_of_client(tx, owner.id, owner.campaign_id, SECRET)
        assert number == 0
        assert counts == _one_by_one(tx, owner, [])
