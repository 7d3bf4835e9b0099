"""A list compared in partitions has the edges and results of a list compared in one process."""

import random
from collections.abc import Sequence

import pytest

from actions.matching import _cluster_ids, _listed, _score
from dedupe.clustering import Clustering
from dedupe.engine import cluster
from dedupe.outcome import Strictness
from dedupe.partitions.columns import RECORDS, columns_of, ints, table_of, texts
from dedupe.partitions.comparing import HowSure
from dedupe.partitions.engine import Compared, compare
from dedupe.partitions.results import results_of
from dedupe.record import MatchRecord
from leads.company_kind import CompanyIs
from tests.dedupe.flow_of_tables import FlowOfTables

_HOW = HowSure(CompanyIs.LEGAL_ENTITY, Strictness.BALANCED)

#: What needs another row: each of these is read or weighed by what other rows say.
_TELLING = [
    # A city behind a name is known from another row, and a seat from another name.
    MatchRecord("t1", "Quorvian Tools GmbH, Tarnwickheim", country="DE"),
    MatchRecord("t2", "Quorvian Tools GmbH", city="Tarnwickheim"),
    MatchRecord("t3", "Brandix Pumps - Tarnwickheim"),
    # A forename behind the form that another row has in front.
    MatchRecord("t4", "Mogara GmbH, Robert"),
    MatchRecord("t5", "Robert Mogara GmbH"),
    # Initials beside a name, alone, and in front of a part of it.
    MatchRecord("t6", "ZQT Zyxwell Quorvian Tools"),
    MatchRecord("t7", "Zyxwell Quorvian Tools"),
    MatchRecord("t8", "ZQT", country="DE"),
    MatchRecord("t9", "ZQT Holding"),
    MatchRecord("t10", "FedEx"),
    MatchRecord("t11", "Federal Express", country="US"),
    MatchRecord("t12", "QuorvianTx"),
    MatchRecord("t13", "Quorvian Therapeutics"),
    # Another script, a form in front, other names, abbreviations and slips.
    MatchRecord("t14", "Зыксвел Инструментс"),
    MatchRecord("t15", "Zyksvel Instruments"),
    MatchRecord("t16", "SCI Tarnwick", country="US"),
    MatchRecord("t17", "SCI Tarnwick", country="FR"),
    MatchRecord("t18", "Nordwind AG", aliases=("Südwind Energie AG", "Nordwind Power")),
    MatchRecord("t19", "Südwind Energie", country="DE"),
    MatchRecord("t20", "Nordwind AG", aliases=("Nordwind Power", "Südwind Energie AG")),
    MatchRecord("t21", "Brandix Manufactring Ltd", street="12 Mill Road"),
    MatchRecord("t22", "Brandix Mfg", street="12 Mill Rd", postcode="LS1 4AB"),
    MatchRecord("t23", "", country="GB"),
]
_WORDS = (
    "Quorvian", "Brandix", "Tarnwick", "Zyxwell", "Mogara", "Nordwind", "Hotel", "Post", "Energy",
    "Tools", "Leeds", "Foods", "Medical", "Techno", "Group", "North", "South", "II", "III",
)  # fmt: skip
_CITIES = ("Leeds", "Tarnwick", "Köln", "San Pedro de Leeds", "")


def _list(seed: int, rows: int) -> list[MatchRecord]:
    """Return made rows: few words, so that blocks are beyond their caps, and some telling ones."""
    chance = random.Random(seed)
    found = list(_TELLING)
    for at in range(rows):
        name = " ".join(chance.choices(_WORDS, k=chance.randint(1, 4)))
        if chance.random() < 0.3:
            place = chance.randrange(len(name))
            name = name[:place] + chance.choice("aeioux") + name[place + 1 :]
        domains = ("shared.example",) if at % 5 == 0 else (f"d{chance.randrange(rows)}.example",)
        row = MatchRecord(
            f"{at}",
            f"{name} {chance.choice(('GmbH', 'Ltd', 'Inc', ''))}".strip(),
            domains=domains if chance.random() < 0.6 else (),
            phones=(f"+4940{chance.randrange(200):07}",) if chance.random() < 0.3 else (),
            country=chance.choice(("DE", "GB", "US", "")),
            city=chance.choice(_CITIES),
            street=f"{chance.randrange(1, 9)} Mill Road" if chance.random() < 0.2 else "",
        )
        found.append(row)
    return found


def _compared(records: Sequence[MatchRecord], piece: int, buckets: int) -> Compared:
    flow = FlowOfTables(piece, seed=buckets)
    table = table_of(RECORDS, **columns_of(records))
    return compare(flow, table, _HOW, buckets, lambda _: None)


def _edges_of(found: Compared, whole: Clustering) -> dict[tuple[str, str], float]:
    """Return the edges by the first key of each side in the whole list."""
    table = whole.table
    first = {
        key: str(table.keys[table.row_of[node]])
        for key, node in zip(table.keys, table.node_of.tolist(), strict=True)
    }
    ids = ints(found.nodes, "id").tolist()
    keys = dict(zip(ids, map(first.__getitem__, texts(found.nodes, "key")), strict=True))
    rows = zip(*(texts(found.edges, name) for name in ("left", "right", "odds")), strict=True)
    return {_ordered(keys[one], keys[other]): odds for one, other, odds in rows}


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


@pytest.fixture(scope="module")
def rows() -> list[MatchRecord]:
    return _list(seed=3, rows=300)


@pytest.fixture(scope="module")
def whole(rows: list[MatchRecord]) -> Clustering:
    return cluster(rows)


@pytest.mark.parametrize(("piece", "buckets"), [(1_000, 1), (70, 5)])
def test_partitions_have_the_edges_and_results_of_the_whole_list(
    rows: list[MatchRecord], whole: Clustering, piece: int, buckets: int
) -> None:
    found = _compared(rows, piece, buckets)

    edges = {_ordered(str(one.left), str(one.right)): one.odds for one in whole.edges}
    assert _edges_of(found, whole) == edges
    assert len(edges) > 1_000

    told = results_of(FlowOfTables(piece), found)
    named = _cluster_ids(whole)
    ids = {
        str(one.key): named[row.cluster] for one, row in zip(rows, whole.found_rows(), strict=True)
    }
    columns = (texts(told.rows, name) for name in told.rows.schema.names)
    results = {row[0]: row[1:3] for row in zip(*columns, strict=True)}
    assert results == {key: (ids[key], _score(whole.score(key))) for key in ids}
    assert len(told.reviews) == 2 * len(whole.review_pairs)
    listed = dict(zip(texts(told.rows, "key"), texts(told.rows, "review_with"), strict=True))
    unequal = [key for key, text in listed.items() if text != _listed(whole.review_with(key))]
    # Of rows with equal values, the smallest id is named, and not the first row.
    assert all(len(listed[key].split("; ")) == len(whole.review_with(key)[:10]) for key in unequal)
