"""A client with companies in the store, made as short as a test needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Store, companies
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.schema import campaign, client, icp_version
from tests.made_facts import fact

SECRET = b"0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class MadeClient:
    id: UUID
    campaign_id: UUID


@dataclass(frozen=True)
class World:
    """A store, and the ways to fill it."""

    store: Store

    def client(self, name: str) -> MadeClient:
        made, at = MadeClient(new_id(), new_id()), now()
        profile = new_id()
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

    @staticmethod
    def _told(owner: MadeClient, company_id: UUID, name: str, value: str) -> tuple[Subject, Fact]:
        made = replace(fact(name, value, method="told"), id=new_id(), client_id=owner.id)
        return Subject(company_id=company_id), made


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    store = Store(database_url)
    yield World(store)
    store.close()
