"""Verdicts from the store: decided once, left alone while nothing changes, and the same whichever
evaluator reads the facts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from leads.answers import Answer
from leads.errors import UsageError
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Store, Tx, campaigns, clients, companies, profiles, verdicts
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.facts.gathered import ranges
from leads.store.profiles import StoredIcp
from leads.store.retention import verdicts_due
from leads.values import TechnologyUse
from qualify.bulk.frames import frames_of
from qualify.bulk.vector import evaluate_all
from qualify.decide.evaluate import evaluate
from qualify.decide.written import answers_json
from qualify.profile.icp import load_icp
from qualify.run.comparing import compare, comparison_json
from qualify.run.deciding import decide
from qualify.run.held_facts import held_facts
from qualify.run.loading import load
from qualify.run.person_answers import PersonAnswer, answer
from qualify.run.replaying import replay
from tests.made_decisions import ENOUGH
from tests.made_facts import TODAY, Origin, euros, fact, nace, people, words

TEXT = """icp: x
version: {version}
suspect: [{{employees: {{at_least: {size}}}}}, {{turnover: {{at_least: 1_000_000, currency: EUR}}}}, {{industry: [manufacturing]}}]
prospect: [{{uses: [windows-estate]}}, {{does_not_use: [management-software]}}]
must_not: [{{status: [insolvent]}}]
"""  # noqa: E501
ICP, OTHER = (
    load_icp(TEXT.format(version=version, size=size), "icp.yaml")
    for version, size in ((1, 20), (2, 60))
)
TOLD: Origin = {"source": "user:ann", "method": "told"}


@dataclass
class Bench:
    store: Store
    client: UUID
    campaign: UUID
    ids: list[UUID]

    def decide(self, today: date = TODAY) -> list[UUID]:
        """The companies whose verdict is another one now."""
        with self.store.write() as tx:
            changes = decide(tx, self.client, self.campaign, self.ids, today)
        return [one for change in changes for one in getattr(change, "company_ids", ())]

    def add(self, company: int, *said: Fact) -> None:
        with self.store.write() as tx:
            facts.add(
                tx,
                [(Subject(company_id=self.ids[company]), _own(one, self.client)) for one in said],
            )


def _own(one: Fact, client: UUID | None) -> Fact:
    return replace(one, id=new_id(), client_id=client)


def _fill(tx: Tx, companies_facts: Sequence[Sequence[Fact]]) -> tuple[UUID, UUID, list[UUID]]:
    client = clients.make_client(tx, "default").id
    campaign = campaigns.campaign_of(tx, client, "x", make=True).id
    profiles.use_icp(
        tx,
        client,
        campaign,
        StoredIcp(new_id(), "x", 1, TEXT.format(version=1, size=20)),
        ICP.content_hash,
    )
    ids = [new_id() for _ in companies_facts]
    companies.add_companies(
        tx,
        client,
        "legal_entity",
        [CompanyRow(one, f"Company {place}", "") for place, one in enumerate(ids)],
    )
    for place, (one, said) in enumerate(zip(ids, companies_facts, strict=True)):
        site = f"company-{place}.example"
        seen = [each for each in said if each.evidence.source.startswith("site:")]
        facts.add(
            tx,
            [
                (Subject(company_id=one), _own(each, client))
                for each in [*said, fact("domain", site)]
                if each not in seen
            ],
        )
        mine = [
            replace(each, evidence=replace(each.evidence, source=f"site:{site}")) for each in seen
        ]
        facts.add(tx, [(Subject(site=site), _own(each, None)) for each in mine])
    return client, campaign, ids


GOOD = [
    fact("employees", people(50)),
    fact("turnover", euros(2_000_000)),
    fact("industry", nace("25.62")),
]
RUNS = fact("technology", TechnologyUse("windows-server"))
KNOWN = [
    [*GOOD, RUNS, *ENOUGH, fact("status", "active")],
    [*GOOD, RUNS, *ENOUGH],
    [*GOOD, *ENOUGH, fact("technology", TechnologyUse("odoo"))],
    [
        fact("employees", people(11, 50)),
        fact("turnover", euros(900_000, 1_100_000, "USD"), seen=TODAY - timedelta(days=200)),
    ],
    [
        fact("employees", people(12)),
        fact("employees", people(85), source="list:b"),
        fact("industry", words("Maschinenbau")),
    ],
    [],
]


@pytest.fixture
def bench(database_url: str) -> Iterator[Bench]:
    store = Store(database_url)
    with store.write() as tx:
        made = Bench(store, *_fill(tx, KNOWN))
    yield made
    store.close()


def test_stored_is_what_the_explaining_evaluator_decides(bench: Bench) -> None:
    assert bench.decide() == bench.ids
    with bench.store.read() as tx:
        held = facts.of_companies(tx, bench.client, bench.ids)
        stored = verdicts.in_force(tx, bench.campaign, bench.ids)
        replayed = replay(tx, bench.campaign)
    for one in bench.ids:
        decision = evaluate(ICP, held[one], TODAY)
        assert stored[one].answers == answers_json(decision)
        assert stored[one].decides == [list(some) for some in decision.decides]
        assert stored[one].fact_ids == [str(each) for each in decision.fact_ids]
    assert (replayed.verdicts, replayed.same) == (len(KNOWN), len(KNOWN))


def test_frames_from_the_store_decide_the_same(bench: Bench) -> None:
    with bench.store.read() as tx:
        held = facts.of_companies(tx, bench.client, bench.ids)
        (some,) = ranges(tx, bench.client, 100)
        found = evaluate_all(ICP, load(tx, some, [ICP, OTHER], TODAY), TODAY)
    expected = evaluate_all(ICP, frames_of([held[one] for one in bench.ids]), TODAY)
    assert [found.of(place) for place in range(len(KNOWN))] == [
        expected.of(place) for place in range(len(KNOWN))
    ]


def test_nothing_changed_leaves_verdicts_alone_until_a_fact_is_too_old(bench: Bench) -> None:
    bench.decide()
    assert bench.decide() == bench.decide(TODAY + timedelta(days=300)) == []
    assert bench.decide(TODAY + timedelta(days=731)) == bench.ids[:3]


@pytest.fixture
def due(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Which companies' verdicts are due so many days later, each by its place."""

    def places(days: int, limit: int = 100) -> list[int]:
        noon = datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)
        monkeypatch.setattr("leads.store.retention.now", lambda: noon)
        with bench.store.read() as tx:
            return sorted(bench.ids.index(company) for _, _, company in verdicts_due(tx, limit))

    return places


def test_verdicts_are_due_when_a_fact_grows_too_old_and_each_month(
    bench: Bench, due: Callable[..., list[int]]
) -> None:
    bench.add(5, fact("technology", TechnologyUse("odoo"), seen=TODAY - timedelta(days=729)))
    bench.decide()
    assert (due(1), due(2), due(30), due(31)) == ([], [5], [5], [0, 1, 2, 3, 4, 5])
    assert bench.decide(TODAY + timedelta(days=2)) == [bench.ids[5]]
    assert (due(2), due(31)) == ([], [0, 1, 2, 3, 4])
    # Looked at and found the same, they do not stand in the way of others the day after.
    assert bench.decide(TODAY + timedelta(days=31)) == []
    assert (due(32), due(33), due(62)) == ([], [5], [0, 1, 2, 3, 4, 5])


def test_the_verdicts_that_ended_first_are_due_first(
    bench: Bench, due: Callable[..., list[int]]
) -> None:
    bench.add(5, fact("technology", TechnologyUse("odoo"), seen=TODAY - timedelta(days=729)))
    bench.decide()
    assert due(40, limit=1) == [5]


def test_a_new_fact_is_noticed_and_one_that_changes_nothing_is_noted(bench: Bench) -> None:
    bench.decide()
    bench.add(5, fact("phone", "+493012345"))
    assert bench.decide() == []
    bench.add(5, fact("employees", people(3)))
    assert bench.decide() == [bench.ids[5]]
    bench.add(2, fact("status", "active", confidence=0.1))
    assert bench.decide() == [bench.ids[2]]


def test_a_fact_taken_back_is_noticed(bench: Bench) -> None:
    bench.decide()
    with bench.store.write() as tx:
        gone = [
            one.id
            for one in facts.of_companies(tx, bench.client, bench.ids[:1])[bench.ids[0]]
            if one.attribute == "employees"
        ]
        facts.retract(tx, gone, "a mistake")
    assert bench.decide() == [bench.ids[0]]


def test_another_evaluator_looks_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def basis() -> list[str | None]:
        with bench.store.read() as tx:
            return [row.basis for row in verdicts.dated(tx, bench.campaign, bench.ids).values()]

    bench.decide()
    before = basis()
    monkeypatch.setattr("qualify.run.deciding._made_by", lambda: "another")
    assert bench.decide() == []
    assert set(basis()).isdisjoint(before)


def test_told_facts_follow_a_merge(bench: Bench) -> None:
    bench.add(5, fact("employees", people(44), **TOLD))
    with bench.store.write() as tx:
        companies.redirect(tx, [(bench.ids[5], bench.ids[3])])
    survivor, gone = bench.ids[3], bench.ids[5]
    with bench.store.read() as tx:
        held = facts.of_companies(tx, bench.client, [survivor])[survivor]
        known = held_facts(tx, bench.client, [survivor, bench.ids[0]], ("employees",))
        frames = [load(tx, some, [ICP], TODAY) for some in ranges(tx, bench.client, 100)]
    assert sorted(str(one.value) for one in held if one.attribute == "employees") == [
        "11 to 50",
        "44",
    ]
    assert sorted(str(said.value) for said in known[survivor].by_attribute.said["employees"]) == [
        "11 to 50",
        "44",
    ]
    assert sorted(known[survivor].sites) == ["company-3.example", "company-5.example"]
    assert sorted(str(one.value) for one in frames[0].facts(3, ["employees"])) == ["11 to 50", "44"]
    assert bench.decide() == [one for one in bench.ids if one != gone]


def test_what_was_told_of_a_company_that_no_list_names_any_more_is_of_nobody(bench: Bench) -> None:
    bench.add(5, fact("employees", people(44), **TOLD))
    bench.add(4, fact("employees", people(33), **TOLD))
    with bench.store.write() as tx:
        companies.redirect(tx, [(bench.ids[4], bench.ids[3])])
        companies.leave(tx, [bench.ids[3], bench.ids[5]])
    with bench.store.read() as tx:
        (some,) = ranges(tx, bench.client, 100)
        frames = load(tx, some, [ICP], TODAY)
    assert frames.size == 3
    assert {str(one.value) for place in range(3) for one in frames.facts(place, ["employees"])} == {
        "50"
    }


def test_the_site_that_was_told_of_a_company_follows_a_merge(bench: Bench) -> None:
    with bench.store.write() as tx:
        companies.redirect(tx, [(bench.ids[0], bench.ids[5])])
        (some,) = ranges(tx, bench.client, 100)
        held = facts.of_companies(tx, bench.client, bench.ids[5:])[bench.ids[5]]
        frames = load(tx, some, [ICP], TODAY)
    looks = sorted(str(one.value) for one in held if one.attribute == "coverage")
    assert looks
    assert sorted(str(one.value) for one in frames.facts(4, ["coverage"])) == looks


def test_nobody_answers_under_a_name_that_cannot_be_written(bench: Bench) -> None:
    word = PersonAnswer(company="Company 5", criterion="employees", answer=Answer.YES, by="ann\x1e")
    with bench.store.write() as tx, pytest.raises(UsageError, match="cannot name a person"):
        answer(tx, bench.client, bench.campaign, word)


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(100, id="at once"),
        pytest.param(2, id="by two processes, two companies at a time"),
    ],
)
def test_profiles_are_compared_in_parts(bench: Bench, part: int) -> None:
    with bench.store.read() as tx:
        found = comparison_json(compare(tx, bench.client, ICP, OTHER, TODAY, part=part))
    assert (found["companies"], found["from"]["verdicts"], found["to"]["verdicts"]) == (
        6,
        {"no_fit": 2, "unknown": 2, "fit": 2},
        {"no_fit": 4, "unknown": 2, "fit": 0},
    )
    assert found["changes"]["leaves"] == {
        "companies": 2,
        "by_criterion": {"employees": 2},
        "examples": ["Company 0", "Company 1"],
    }


def test_no_company_at_all(database_url: str) -> None:
    store = Store(database_url)
    with store.write() as tx:
        client, _, _ = _fill(tx, [])
        assert compare(tx, client, ICP, OTHER, TODAY).difference.companies == 0
    store.close()
