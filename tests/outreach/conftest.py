"""A client with companies in the store, made as short as a test needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Store, companies, verdicts
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.schema import campaign, client, icp_version
from leads.values import Range
from leads.verdicts import NewVerdict
from outreach.run.queue_user import QueueUser
from outreach.run.refresh import refresh
from tests.made_facts import fact

SECRET = b"0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class MadeClient:
    id: UUID
    campaign_id: UUID
    profile_id: UUID

    def user(self, name: str, lease: timedelta = timedelta(minutes=30)) -> QueueUser:
        at = now()
        return QueueUser(
            client_id=self.id,
            campaign_id=self.campaign_id,
            user=name,
            secret=SECRET,
            lease=lease,
            grace=timedelta(hours=24),
            day_began=at.replace(hour=0, minute=0, second=0, microsecond=0),
        )


@dataclass(frozen=True)
class World:
    """A store, and the ways to fill it."""

    store: Store

    def client(self, name: str) -> MadeClient:
        profile, at = new_id(), now()
        made = MadeClient(new_id(), new_id(), profile)
        named = {"client_id": made.id, "created_at": at}
        with self.store.write() as tx:
            tx.execute(insert(client).values(id=made.id, name=name, created_at=at))
            tx.execute(
                insert(icp_version).values(
                    id=profile, name="x", version=1, content="", content_hash=name, **named
                )
            )
            tx.execute(
                insert(campaign).values(
                    id=made.campaign_id, name="main", icp_version_id=profile, **named
                )
            )
        return made

    def company(self, owner: MadeClient, name: str, **known: Sequence[str]) -> UUID:
        """A company that is known by a name and these e-mail addresses, domains and phones."""
        company_id = new_id()
        with self.store.write() as tx:
            row = CompanyRow(company_id, name, "")
            companies.add_companies(tx, owner.id, "legal_entity", [row])
            said = [("name", name)] if name.strip("…") else []
            said += [(attribute, value) for attribute, some in known.items() for value in some]
            facts.add(tx, [self._told(owner, company_id, *pair) for pair in said])
        return company_id

    def prospect(
        self,
        owner: MadeClient,
        name: str,
        score: tuple[int, int] = (0, 0),
        days_old: int = 0,
        **known: Sequence[str],
    ) -> UUID:
        """A company that fits, in the queue, with a verdict that rests on a fact of that age."""
        company_id = self.company(owner, name, **known)
        told = fact("employees", Range(30, 30), method="told")
        seen = replace(told.evidence, observed_at=now() - timedelta(days=days_old), as_of=None)
        rests_on = replace(told, id=new_id(), client_id=owner.id, evidence=seen)
        made = NewVerdict(
            company_id=company_id,
            client_id=owner.id,
            campaign_id=owner.campaign_id,
            icp_version_id=owner.profile_id,
            verdict="fit",
            fit_stage="prospect",
            asks=False,
            why_not="",
            score_worst=score[0],
            score_best=score[1],
            waits_for=[],
            answers=[],
            decides=[],
            fact_ids=[str(rests_on.id)],
            today=now().date(),
            versions={},
            basis=None,
            lasts_until=None,
            rolled_up=None,
        )
        with self.store.write() as tx:
            facts.add(tx, [(Subject(company_id=company_id), rests_on)])
            verdicts.add(tx, [made])
            refresh(tx, owner.id, owner.campaign_id, [company_id], SECRET)
        return company_id

    @staticmethod
    def _told(owner: MadeClient, company_id: UUID, name: str, value: str) -> tuple[Subject, Fact]:
        made = replace(fact(name, value, method="told"), id=new_id(), client_id=owner.id)
        return Subject(company_id=company_id), made


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    store = Store(database_url)
    yield World(store)
    store.close()
