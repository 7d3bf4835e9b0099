"""Profiles are compared over kept columns as over the store, whatever happened since they were kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.company_links import CompanyLink, LinkKind
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Store, clients, companies, company_changes, links
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.values import TechnologyUse
from qualify.bulk.frames import frames_of
from qualify.bulk.part_file import Part, read_part, write_part
from qualify.profile.icp import load_icp
from qualify.run.comparing import compare, comparison_json
from qualify.run.kept import building, columns
from qualify.run.kept.columns import kept_columns, purge_outdated
from qualify.run.kept.manifest import clients_in, folder_of, purge, read_manifest, writing
from tests.made_facts import TODAY, euros, fact, nace, people, words

TEXT = """icp: x
version: {version}
suspect: [{{employees: {{at_least: {size}}}}}, {{turnover: {{at_least: 1_000_000, currency: EUR}}}}, {{industry: [manufacturing]}}]
prospect: [{{uses: [windows-estate]}}]
must_not: [{{status: [insolvent]}}]
"""  # noqa: E501
ICP, OTHER = (
    load_icp(TEXT.format(version=version, size=size), "icp.yaml")
    for version, size in ((1, 20), (2, 60))
)
SAID = [
    fact("employees", people(50)),
    fact("employees", people(11, 50), source="list:b"),
    fact("employees", people(85)),
    fact("turnover", euros(2_000_000)),
    fact("turnover", euros(900_000, 1_100_000, "USD")),
    fact("industry", nace("25.62")),
    fact("industry", words("Maschinenbau")),
    fact("technology", TechnologyUse("windows-server")),
    fact("status", "insolvent"),
]
KNOWN = [SAID[:1], [SAID[2], *SAID[3:8:2]], [SAID[0], *SAID[3:8]], SAID, [SAID[1], SAID[4]], []]


@dataclass
class Bench:
    store: Store
    client: UUID
    home: Path
    ids: list[UUID]

    def add(self, company: UUID, *said: Fact) -> None:
        with self.store.write() as tx:
            own = [replace(one, id=new_id(), client_id=self.client) for one in said]
            facts.add(tx, [(Subject(company_id=company), one) for one in own])
            company_changes.note(tx, self.client, [company])

    def new_company(self, *said: Fact) -> UUID:
        made = new_id()
        with self.store.write() as tx:
            row = CompanyRow(made, f"Company {len(self.ids)}", "")
            companies.add_companies(tx, self.client, "legal_entity", [row])
        self.ids.append(made)
        self.add(made, *said)
        return made

    def compared(self, *, kept: bool) -> dict[str, Any]:
        home = self.home if kept else None
        with self.store.read() as tx:
            return comparison_json(compare(tx, self.client, ICP, OTHER, TODAY, home=home, least=1))

    def check(self) -> None:
        """Compare twice over kept columns, and once over the store."""
        plain = self.compared(kept=False)
        assert plain["companies"] == len(self.ids)
        assert self.compared(kept=True) == plain
        assert self.compared(kept=True) == plain

    @property
    def folder(self) -> Path:
        return folder_of(self.home, self.client)

    def files(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.folder.glob("*")}


@pytest.fixture
def bench(database_url: str, tmp_path: Path) -> Iterator[Bench]:
    store = Store(database_url)
    with store.write() as tx:
        client = clients.make_client(tx, "default").id
    made = Bench(store, client, tmp_path / "home", [])
    for said in KNOWN:
        made.new_company(*said)
    yield made
    store.close()


def test_what_changed_since_is_read_from_the_store(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.check()
    first = bench.files()
    monkeypatch.setattr(columns, "_APPENDED", 1.0)
    bench.add(bench.ids[0], *SAID[2:8])
    bench.new_company(*SAID)
    with bench.store.write() as tx:
        facts.retract(tx, [_id_of(bench, bench.ids[3], "status")], "wrong")
        company_changes.note(tx, bench.client, [bench.ids[3]])
    bench.check()
    assert bench.files() == first, "few changes are not written"

    monkeypatch.setattr(columns, "_APPENDED", 0.0)
    monkeypatch.setattr(columns, "_TOO_MUCH", 1.0)
    bench.check()
    assert any(name.endswith("gone.npy") for name in bench.files())
    assert first.keys() - {"manifest.json"} < bench.files().keys()

    with bench.store.write() as tx:
        companies.redirect(tx, [(bench.ids[1], bench.ids[0])])
        company_changes.note(tx, bench.client, bench.ids[:2])
    del bench.ids[1]
    bench.check()

    monkeypatch.setattr(columns, "_TOO_MUCH", 0.0)
    bench.add(bench.ids[0], fact("status", "insolvent"))
    bench.check()
    assert not any(name.endswith("gone.npy") for name in bench.files()), "all are written anew"


def test_as_many_companies_as_are_live_must_be_the_live_ones(bench: Bench) -> None:
    bench.check()
    with bench.store.write() as tx:
        companies.leave(tx, bench.ids[1:2])
        row = CompanyRow(new_id(), "Never noted", "")
        companies.add_companies(tx, bench.client, "legal_entity", [row])
    bench.ids[1] = row.id
    bench.check()
    with bench.store.write() as tx:
        companies.redirect(tx, [(bench.ids[3], bench.ids[0])])
    del bench.ids[3]
    bench.new_company(*SAID)
    bench.check()


def _id_of(bench: Bench, company: UUID, attribute: str) -> UUID:
    with bench.store.read() as tx:
        held = facts.of_companies(tx, bench.client, [company])[company]
    return next(one.id for one in held if one.attribute == attribute)


def test_linked_companies_are_counted_together(bench: Bench) -> None:
    bench.check()
    link = CompanyLink(bench.ids[0], bench.ids[2], LinkKind.SITE_OF, by="ann")
    with bench.store.write() as tx:
        links.put(tx, bench.client, [(link, "said so")])
    bench.check()


def _flip(file: Path) -> None:
    """Change the first byte of the head's or the manifest's text."""
    content = bytearray(file.read_bytes())
    content[content.index(b"{")] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-40]), id="cut off"),
        pytest.param(lambda file: file.write_bytes(b"\0" * file.stat().st_size), id="overwritten"),
        pytest.param(_flip, id="one byte changed"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.unlink(), id="gone"),
    ],
)
@pytest.mark.parametrize("which", ["*.part", "manifest.json"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_file_is_written_again(
    bench: Bench, which: str, harm: Callable[[Path], object]
) -> None:
    bench.check()
    (file,) = bench.folder.glob(which)
    harm(file)
    bench.check()
    assert read_manifest(bench.folder) is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_columns_of_another_version_are_not_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.check()
    first = bench.files()
    monkeypatch.setattr("qualify.run.kept.manifest.own_version", lambda: "0.0.0")
    assert read_manifest(bench.folder) is None
    bench.check()
    assert not first.keys() & bench.files().keys() - {"manifest.json", "lock"}


def test_nothing_erased_stays_in_a_file(bench: Bench) -> None:
    bench.add(bench.ids[0], fact("status", "zzerased"))
    bench.check()
    assert any(b"zzerased" in content for content in bench.files().values())
    with bench.store.write() as tx:
        facts.retract(tx, [_id_of(bench, bench.ids[0], "status")], "erased")
        company_changes.note_erasure(tx)
    bench.check()
    assert not any(b"zzerased" in content for content in bench.files().values())

    with bench.store.write() as tx:
        company_changes.note_erasure(tx)
    purge_outdated(bench.store, bench.home, clients_in(bench.home))
    assert clients_in(bench.home) == []
    bench.check()
    purge(bench.home)
    assert clients_in(bench.home) == []


def test_an_erasure_while_columns_are_written_leaves_none(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = building.write_all

    def erased_meanwhile(*given: Any) -> Any:
        made = write(*given)
        with bench.store.write() as tx:
            company_changes.note_erasure(tx)
        return made

    monkeypatch.setattr(columns, "write_all", erased_meanwhile)
    with bench.store.read() as tx:
        assert kept_columns(tx, bench.client, ["status"], bench.home, least=1) is None
    assert clients_in(bench.home) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_store_is_read_while_columns_may_lag_or_another_process_writes_them(
    bench: Bench,
) -> None:
    def kept() -> object:
        with bench.store.read() as tx:
            return kept_columns(tx, bench.client, ["status"], bench.home, least=1)

    with writing(bench.folder) as has_lock:
        assert has_lock
        assert kept() is None
    assert kept() is not None
    with bench.store.write() as tx:
        ledger.ask(tx, [Wanted(kind="dedupe", key=str(bench.client), queue="cheap")])
    assert kept() is None
    bench.check()


FACTS = st.lists(st.sampled_from(SAID), max_size=6)


@settings(max_examples=15, deadline=None)
@given(st.lists(FACTS, min_size=1, max_size=4))
def test_a_file_gives_back_what_was_written(held: list[list[Fact]]) -> None:
    frames = frames_of(held)
    ids = np.arange(16 * len(held), dtype=np.uint8).reshape(-1, 16)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "one.part"
        write_part(file, Part(ids, frames))
        found = read_part(file, frames.columns)
        few = read_part(file, ["status"])
        assert (found.ids == ids).all()
        assert few.frames.columns.keys() <= {"status"}
        for number in range(len(held)):
            assert found.frames.facts(number, frames.columns) == frames.facts(
                number, frames.columns
            )
