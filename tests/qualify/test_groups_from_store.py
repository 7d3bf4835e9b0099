"""Linked companies out of the store: whichever evaluator reads them, and again from what is stored,
they are decided about alike.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest

from leads.answers import Answer
from leads.company_links import CompanyLink, LinkKind
from leads.facts import Fact
from leads.ids import new_id
from leads.stages import Stage, Verdict
from leads.store import Store, companies, links, profiles, verdicts
from leads.store.facts.gathered import ranges
from leads.store.profiles import StoredIcp
from leads.values import TechnologyUse
from leads.verdicts import VerdictRow
from qualify.bulk.vector import Outcome, evaluate_all
from qualify.decide.decision import Score
from qualify.profile.icp import Icp, load_icp
from qualify.run.deciding import decide
from qualify.run.explaining import explain, explanation_json
from qualify.run.loading import load
from qualify.run.replaying import replay
from tests.made_decisions import ENOUGH
from tests.made_facts import TODAY, euros, fact, nace, people
from tests.qualify.test_from_store import KNOWN, TEXT, Bench, _fill

MORE: list[list[Fact]] = [
    *KNOWN,
    [fact("employees", people(7)), fact("country", "DE")],
    [fact("employees", people(30)), fact("employees", people(200), scope="group"), *ENOUGH],
    [
        fact("turnover", euros(3_000_000)),
        fact("industry", nace("25.62")),
        fact("technology", TechnologyUse("odoo", uses=False), method="told"),
    ],
]
#: Places of companies: the first is what of the second.
LINKS = [
    (1, "part_of", 0),
    (2, "part_of", 3),
    (4, "site_of", 5),
    (5, "brand_of", 6),
    (6, "part_of", 7),
    (8, "part_of", 7),
]


def profile(kind: str) -> tuple[Icp, str]:
    text = TEXT.format(version=2, size=20).replace("version: 2", f"version: 2\ncompany_is: {kind}")
    return load_icp(text, "icp.yaml"), text


def link(bench: Bench, place: int, kind: str, of: int) -> CompanyLink:
    return CompanyLink(bench.ids[place], bench.ids[of], LinkKind(kind), "ann")


@pytest.fixture
def bench(database_url: str) -> Iterator[Bench]:
    store = Store(database_url)
    with store.write() as tx:
        made = Bench(store, *_fill(tx, MORE))
        links.put(tx, made.client, [(link(made, *one), "") for one in LINKS])
    yield made
    store.close()


def use(bench: Bench, kind: str) -> Icp:
    icp, text = profile(kind)
    with bench.store.write() as tx:
        profiles.use_icp(
            tx, bench.client, bench.campaign, StoredIcp(new_id(), "x", 2, text), icp.content_hash
        )
    return icp


def stored(bench: Bench) -> dict[UUID, VerdictRow]:
    with bench.store.read() as tx:
        return verdicts.in_force(tx, bench.campaign, bench.ids)


@pytest.mark.parametrize(
    ("kind", "judged"), [("site", 9), ("legal_entity", 8), ("brand", 7), ("group", 3)]
)
@pytest.mark.parametrize("part", [100, 4])
def test_every_evaluator_counts_together_alike(
    bench: Bench, kind: str, judged: int, part: int
) -> None:
    icp = use(bench, kind)
    bench.decide()
    found = stored(bench)
    assert sum("counted with" not in row.why_not for row in found.values()) == judged
    with bench.store.read() as tx:
        outcomes = [
            evaluate_all(icp, load(tx, some, [icp], TODAY), TODAY)
            for some in ranges(tx, bench.client, part)
        ]
        explained = [
            explanation_json(explain(tx, bench.client, bench.campaign, str(one), None, TODAY))
            for one in bench.ids
        ]
        replayed = replay(tx, bench.campaign, every=True)
    assert (replayed.verdicts, replayed.same, replayed.different) == (len(MORE), len(MORE), [])

    rows = [found[one] for one in bench.ids]
    for row, (verdict, stage, score, answers, asks) in zip(rows, each_of(outcomes), strict=True):
        kept = (row.verdict, row.fit_stage, row.score_worst, row.asks)
        assert kept == (verdict, stage, score.worst, asks)
        assert answers_of(row.answers) in ([], list(answers))
    for row, one in zip(rows, explained, strict=True):
        assert (one["verdict"], one["stage"]) == (row.verdict, row.fit_stage)
        assert answers_of(one["answers"]) == answers_of(row.answers)


def each_of(
    outcomes: Iterable[Outcome],
) -> Iterator[tuple[Verdict, Stage, Score, tuple[Answer, ...], bool]]:
    for outcome in outcomes:
        yield from map(outcome.of, range(len(outcome.verdict)))


def answers_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["answer"] for row in rows]


def test_a_link_decides_the_roots_and_members_anew_and_nothing_else(bench: Bench) -> None:
    use(bench, "group")
    assert set(bench.decide()) == set(bench.ids)
    assert bench.decide() == []
    moved = {bench.ids[place] for place in (0, 1, 7)}
    with bench.store.write() as tx:
        links.put(tx, bench.client, [(link(bench, 0, "part_of", 7), "")])
    assert set(bench.decide()) == moved
    with bench.store.write() as tx:
        links.drop(
            tx,
            [
                row.id
                for row in links.rows_of(tx, bench.client, [bench.ids[0]])
                if row.company_id == bench.ids[0]
            ],
        )
    assert set(bench.decide()) == moved


def test_links_of_merged_companies_go_over_and_none_leads_back(bench: Bench) -> None:
    one, other, survivor = bench.ids[1], bench.ids[0], bench.ids[2]
    with bench.store.write() as tx:
        companies.redirect(tx, [(one, survivor), (other, survivor)])
        links.follow_merges(tx, bench.client, [(one, survivor), (other, survivor)])
        rows = links.rows_of(tx, bench.client, [one, other, survivor])
        around = links.linked_with(tx, bench.client, [survivor])
    assert [(row.company_id, row.of_id) for row in rows] == [(survivor, bench.ids[3])]
    assert set(around) == {survivor, bench.ids[3]}


def test_a_company_that_is_gone_is_no_root(bench: Bench) -> None:
    use(bench, "group")
    with bench.store.write() as tx:
        companies.leave(tx, [bench.ids[0]])
        assert bench.ids[1] not in [end.company for end in links.of_client(tx, bench.client)]
        decide(tx, bench.client, bench.campaign, bench.ids, TODAY)
    assert stored(bench)[bench.ids[1]].rolled_up is None
