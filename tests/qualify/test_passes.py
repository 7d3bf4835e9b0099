"""A pass over a campaign asks for what may be decided otherwise, and for nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from leads.changes import CompaniesChanged, IcpChanged, VerdictsChanged
from leads.clock import now
from leads.ids import new_id
from leads.store import Store, campaigns, clients, companies, profiles, verdict_passes
from leads.store.companies import CompanyRow
from leads.store.ledger import tasks as ledger
from leads.store.profiles import StoredIcp
from leads.store.schema import task, verdict
from qualify.profile.icp import load_icp
from qualify.run.deciding import decide
from qualify.run.passes import companies_due
from workers.pipeline import follow

TEXT = "icp: x\nversion: {}\nsuspect: [{{employees: {{at_least: 20}}}}]\n"


@dataclass
class Bench:
    store: Store
    client: UUID
    campaign: UUID
    ids: list[UUID]

    def use(self, version: int) -> None:
        text = TEXT.format(version)
        stored = StoredIcp(new_id(), "x", version, text)
        with self.store.write() as tx:
            content = load_icp(text, "icp.yaml").content_hash
            profiles.use_icp(tx, self.client, self.campaign, stored, content)

    def due(self) -> list[UUID]:
        with self.store.write() as tx:
            return companies_due(tx, self.client, self.campaign)

    def decide(self) -> None:
        with self.store.write() as tx:
            decide(tx, self.client, self.campaign, self.ids, now().date())

    def change(self, *some: UUID) -> None:
        with self.store.write() as tx:
            follow(tx, [CompaniesChanged(self.client, some)])
            tx.execute(update(task).values(state="done", finished_at=now()))


@pytest.fixture
def bench(database_url: str) -> Iterator[Bench]:
    store = Store(database_url)
    with store.write() as tx:
        client = clients.make_client(tx, "default").id
        campaign = campaigns.campaign_of(tx, client, "x", make=True).id
        ids = [new_id() for _ in range(4)]
        rows = [CompanyRow(one, f"Company {place}", "") for place, one in enumerate(ids)]
        companies.add_companies(tx, client, "legal_entity", rows)
    made = Bench(store, client, campaign, ids)
    made.use(1)
    yield made
    store.close()


def test_the_first_pass_asks_for_all_and_the_next_for_what_changed(bench: Bench) -> None:
    assert bench.due() == bench.ids
    bench.decide()
    assert bench.due() == []
    bench.change(bench.ids[2])
    assert bench.due() == [bench.ids[2]]
    assert bench.due() == []
    bench.use(2)
    assert bench.due() == bench.ids, "another version of the profile"


def test_what_ended_by_date_and_what_was_given_up_is_asked_for(bench: Bench) -> None:
    bench.due()
    bench.decide()
    with bench.store.write() as tx:
        old = update(verdict).where(verdict.c.company_id == bench.ids[0])
        tx.execute(old.values(lasts_until=now().date() - timedelta(days=1)))
        unknown = update(verdict).where(verdict.c.company_id == bench.ids[3])
        tx.execute(unknown.values(lasts_until=None))
    assert bench.due() == [bench.ids[0], bench.ids[3]]
    bench.decide()
    with bench.store.write() as tx:
        follow(tx, [CompaniesChanged(bench.client, (bench.ids[1],))])
    assert bench.due() == [bench.ids[1]]
    assert bench.due() == [bench.ids[1]], "its task is still to be done"
    with bench.store.write() as tx:
        tx.execute(update(task).values(state="dead"))
    assert bench.due() == [bench.ids[1]], "its task was given up"


def test_what_has_no_verdict_is_asked_for_while_it_counts(bench: Bench) -> None:
    bench.due()
    bench.decide()
    with bench.store.write() as tx:
        tx.execute(update(verdict).values(superseded_at=now()))
        companies.redirect(tx, [(bench.ids[1], bench.ids[0])])
        companies.leave(tx, bench.ids[2:3])
    assert bench.due() == [bench.ids[0], bench.ids[3]]
    bench.decide()
    assert bench.due() == []
    with bench.store.write() as tx:
        verdict_passes.forget(tx, bench.campaign)
    assert bench.due() == [bench.ids[0], bench.ids[3]], "all of them"


def test_open_verdicts_are_asked_for_where_sites_may_be_visited(bench: Bench) -> None:
    bench.due()
    bench.decide()
    with bench.store.write() as tx:
        campaigns.set_crawl(tx, bench.campaign, crawl=True)
    assert bench.due() == bench.ids


def test_another_program_decides_all_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.due()
    monkeypatch.setattr("qualify.run.passes.own_version", lambda: "0.0.0")
    assert bench.due() == bench.ids


def test_a_pass_asks_for_its_tasks_in_its_own_transaction(bench: Bench) -> None:
    with bench.store.rehearse() as tx:
        assert follow(tx, [IcpChanged(bench.client, bench.campaign)]) == 4
    with bench.store.write() as tx:
        assert follow(tx, [IcpChanged(bench.client, bench.campaign)]) == 4
        keys = [f"{bench.campaign}:{one}" for one in bench.ids]
        assert ledger.unfinished_keys(tx, "qualify", keys) == set(keys)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_verdict_stored_meanwhile_is_not_replaced(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    import qualify.run.deciding as deciding

    bench.decide()
    bench.use(2)
    held, today = deciding._held, now().date()

    def slow(*given: object) -> object:
        found = held(*given)  # type: ignore[arg-type]
        monkeypatch.setattr(deciding, "_held", held)
        bench.use(3)
        with bench.store.write() as tx:
            decide(tx, bench.client, bench.campaign, bench.ids[:1], today)
        return found

    monkeypatch.setattr(deciding, "_held", slow)
    with bench.store.write() as tx:
        changed = decide(tx, bench.client, bench.campaign, bench.ids, today)
    assert VerdictsChanged(bench.client, bench.campaign, tuple(bench.ids[1:])) in changed
