"""The database is made, compared and refused as it should be."""

import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import LargeBinary, TextClause, Uuid, bindparam, insert, inspect, select, text

import leads.migrations
from leads.clock import now
from leads.errors import ServiceDownError, SluiceError, UsageError
from leads.ids import new_id
from leads.migrations import HEAD
from leads.store import Store, kept_pages, lead_rows, page_store, site_states, verdicts
from leads.store.columns.types import UTCDateTime
from leads.store.migrate import open_store, upgrade, version
from leads.store.retention import verdicts_due
from leads.store.schema import (
    campaign,
    client,
    company,
    fact,
    icp_version,
    relationship,
    retraction,
    verdict,
)
from leads.store.schema_check import differences


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(leads.migrations.__file__).parent))
    return config


def test_the_code_names_the_newest_step() -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == HEAD


def test_the_steps_make_exactly_the_tables_of_the_code(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    assert (version(store), differences(store)) == (HEAD, [])
    store.close()
    upgrade(empty_database_url)


def _upgrade_to(url: str, step: str) -> None:
    config, store = _config(), Store(url)
    with store.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, step)
    store.close()


def test_a_verdict_from_before_its_basis_was_kept_is_decided_again(empty_database_url: str) -> None:
    _upgrade_to(empty_database_url, "0006")
    store, one, at = Store(empty_database_url), new_id(), now()
    named = {"id": one, "client_id": one, "created_at": at}
    with store.write() as tx:
        tx.execute(insert(client).values(id=one, name="northwind", created_at=at))
        tx.execute(insert(campaign).values(name="spring", **named))
        tx.execute(insert(company).values(name="Acme", kind="legal_entity", **named))
        tx.execute(
            insert(icp_version).values(name="x", version=1, content="", content_hash="", **named)
        )
        said = {
            "verdict": "fit",
            "fit_stage": "prospect",
            "score_worst": 0,
            "score_best": 0,
            "today": at.date(),
            "versions": {},
        }
        empty: dict[str, list[str]] = {
            name: [] for name in ("answers", "decides", "waits_for", "fact_ids")
        }
        whose = {
            "id": one,
            "client_id": one,
            "campaign_id": one,
            "company_id": one,
            "icp_version_id": one,
        }
        tx.execute(insert(verdict).values(decided_at=at, **whose, **said, **empty))
    upgrade(empty_database_url)
    assert differences(store) == []
    with store.read() as tx:
        (kept,) = verdicts.dated(tx, one, [one]).values()
        assert (kept.verdict, kept.basis, kept.lasts_until) == ("fit", None, None)
        assert verdicts_due(tx, 10) == [(one, one, one)]
    store.close()


@pytest.mark.parametrize(
    ("found", "way_out"),
    [
        pytest.param("0001", "sluice db upgrade", id="older"),
        pytest.param("9999", "install the Sluice that made it", id="newer"),
        pytest.param("somebody", "empty database", id="of another application"),
    ],
)
def test_a_database_of_another_version_is_refused_with_the_way_out(
    database_url: str, found: str, way_out: str
) -> None:
    store = Store(database_url)
    with store.write() as tx:
        tx.execute(text(f"UPDATE alembic_version SET version_num = '{found}'"))
    store.close()
    with pytest.raises(UsageError) as caught:
        open_store(database_url)
    assert found in caught.value.message
    assert way_out in caught.value.hint


def test_the_tables_of_another_application_are_left_alone(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    with store.write() as tx:
        tx.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(UsageError):
        open_store(empty_database_url)
    with pytest.raises(UsageError, match="not one of Sluice"):
        upgrade(empty_database_url)
    with store.read() as tx:
        assert inspect(tx).get_table_names() == ["theirs"]
    store.close()


def test_two_commands_may_make_a_new_database_at_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, [empty_database_url] * 2))
    store = open_store(empty_database_url)
    assert version(store) == HEAD
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://localhost/sluice", id="a database we do not speak"),
        pytest.param("not an address", id="no address"),
        pytest.param("nosuch://localhost/sluice", id="no such dialect"),
    ],
)
def test_a_wrong_address_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError):
        Store(url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sluice.db"
    file.write_bytes(b"this is a letter to the editor, and no database at all" * 100)
    with pytest.raises(UsageError, match=r"sluice\.db is not a database"):
        open_store(f"sqlite:///{file}")


def test_a_server_that_does_not_answer_is_a_service_that_is_down() -> None:
    with pytest.raises(ServiceDownError):
        open_store("postgresql://nobody@127.0.0.1:9/none")


def test_who_was_a_lead_before_stages_were_kept_is_due_now(empty_database_url: str) -> None:
    _upgrade_to(empty_database_url, "0036")
    store, one, at = Store(empty_database_url), new_id(), now()
    states = {"lead": "unqualified", "qualified_lead": "sql", "customer": "customer", "lost": None}
    ids = {state: new_id() for state in states}
    named = {"client_id": one, "created_at": at}
    with store.write() as tx:
        tx.execute(insert(client).values(id=one, name="northwind", created_at=at))
        tx.execute(insert(campaign).values(id=one, name="spring", **named))
        for state, this in ids.items():
            tx.execute(insert(company).values(id=this, name=state, kind="legal_entity", **named))
            stands = {"client_id": one, "campaign_id": one, "company_id": this, "since": at}
            tx.execute(
                insert(relationship).values(id=this, state=state, reason="said so", **stands)
            )
    upgrade(empty_database_url)
    assert differences(store) == []
    with store.read() as tx:
        found = lead_rows.of_companies(tx, one, list(ids.values()))
    store.close()
    kept = {state: found[this].stage if this in found else None for state, this in ids.items()}
    assert kept == states
    assert {row.next_touch_at for row in found.values()} == {at}


def test_pages_and_sites_of_earlier_visits_are_carried_over(empty_database_url: str) -> None:
    _upgrade_to(empty_database_url, "0056")
    store, at = Store(empty_database_url), now()
    visits = [("a.example", 40, "ok"), ("a.example", 10, "ok"), ("a.example", 1, "timeout")]
    visits += [("b.example", 9, "unreachable")]
    with store.write() as tx:
        for place, (name, days, outcome) in enumerate(visits):
            began, made = at - timedelta(days=days), new_id()
            values = {"id": made, "site": name, "at": began, "outcome": outcome}
            tx.execute(
                _INSERT["crawl"], values | {"reason": "", "pages": int(outcome == "ok"), "n": 0}
            )
            if outcome == "ok":
                body = zlib.compress(b"page %d" % place)
                tx.execute(_INSERT["page_body"], {"hash": str(place), "body": body, "size": 6})
                tx.execute(
                    _INSERT["page"],
                    {"id": new_id(), "crawl": made, "site": name, "hash": str(place), "at": began},
                )
    upgrade(empty_database_url)
    assert differences(store) == []
    with store.read() as tx:
        (kept,) = kept_pages.current(tx, "a.example")
        assert (kept.content_hash, kept.seen_at, kept.received_at) == (
            "1",
            kept.fetched_at,
            kept.fetched_at,
        )
        assert page_store.size(tx).replaced == 1
        assert page_store.size(tx).bytes == 2 * len(zlib.compress(b"page 0"))
        states = site_states.among(tx, ["a.example", "b.example"])
    store.close()
    assert [(one.outcome, one.failed) for one in states.values()] == [
        ("timeout", 1),
        ("unreachable", 1),
    ]
    assert states["a.example"].answered_at == at - timedelta(days=10)
    assert states["b.example"].answered_at is None


def test_facts_are_kept_when_their_key_to_the_client_goes(empty_database_url: str) -> None:
    _upgrade_to(empty_database_url, "0074")
    store, one, at = Store(empty_database_url), new_id(), now()
    named = {"id": one, "client_id": one, "created_at": at}
    stated = {"attribute": "country", "value": "DE", "source": "x", "method": "told"}
    fresh = {"client_id": one, "observed_at": at, **stated}
    with store.write() as tx:
        tx.execute(insert(client).values(id=one, name="northwind", created_at=at))
        tx.execute(insert(company).values(name="Acme", kind="legal_entity", **named))
        tx.execute(insert(fact).values(id=one, company_id=one, **fresh))
    store.close()

    upgrade(empty_database_url)
    assert differences(store) == []
    with store.read() as tx:
        assert tx.execute(select(fact.c.id, fact.c.value)).all() == [(one, "DE")]
    for wrong in ({"company_id": new_id()}, {"site": "acme.example"}):
        with pytest.raises(SluiceError), store.write() as tx:
            tx.execute(insert(fact).values(id=new_id(), **fresh, **wrong))
    store.close()


def test_facts_are_copied_where_sqlite_lets_no_table_be_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'facts.db'}"
    store, one, at = open_store(url), new_id(), now()
    named = {"id": one, "client_id": one, "created_at": at}
    stated = {"attribute": "country", "value": "DE", "source": "x", "method": "told"}
    with store.write() as tx:
        tx.execute(insert(client).values(id=one, name="northwind", created_at=at))
        tx.execute(insert(company).values(name="Acme", kind="legal_entity", **named))
        row = {"id": one, "client_id": one, "company_id": one, "observed_at": at, **stated}
        tx.execute(insert(fact).values(**row))
        tx.execute(insert(retraction).values(fact_id=one, client_id=one, reason="x", at=at))

    step = import_module("leads.migrations.versions.0075_facts_name_their_client_once")
    said = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'fact' ORDER BY name"
    with store.write() as tx:
        before = tx.exec_driver_sql(said).all()
        step.remake(tx, next(sql for name, sql in before if name == "fact"))

    with store.read() as tx:
        assert tx.exec_driver_sql(said).all() == before
        assert tx.execute(select(fact.c.id, fact.c.value)).all() == [(one, "DE")]
        assert tx.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert differences(store) == []
    store.close()


def _typed(statement: str) -> TextClause:
    types: dict[str, Any] = {
        "id": Uuid(),
        "crawl": Uuid(),
        "at": UTCDateTime(),
        "body": LargeBinary(),
    }
    named = {name: of for name, of in types.items() if f":{name}" in statement}
    return text(statement).bindparams(*(bindparam(name, type_=of) for name, of in named.items()))


_INSERT = {
    "crawl": _typed(
        "INSERT INTO crawl (id, site, outcome, reason, pages, bytes, robots, started_at, seconds)"
        " VALUES (:id, :site, :outcome, :reason, :pages, :n, '', :at, 1)"
    ),
    "page_body": _typed(
        "INSERT INTO page_body (content_hash, body, size) VALUES (:hash, :body, :size)"
    ),
    "page": _typed(
        "INSERT INTO page (id, crawl_id, site, url, kind, status, headers, content_hash,"
        " fetched_at) VALUES (:id, :crawl, :site, 'https://x/', 'home', 200, '[]', :hash, :at)"
    ),
}
