"""Backup and restore as a user runs them: what is restored decides as before, and nothing is ever
half restored.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from actions.backups import back_up
from leads.settings import load_settings
from leads.store import Store
from leads.store.copies import sqlite as sqlite_copy
from tests.console.conftest import Sluice
from tests.postgres import installation

ICP = """
icp: makers
version: 1
suspect:
  - country: [DE]
  - employees: {at_least: 20}
prospect:
  - uses: [python]
score:
  - {points: 30, employees: {at_least: 100}}
"""
FAIR = """name,website,country,employees,technologies
Nordwind GmbH,nordwind.example,DE,120,python
Ostsee Pumpen GmbH,ostsee.example,DE,,python
Kleinod e.K.,kleinod.example,DE,3,python
Westtor GmbH,westtor.example,DE,200,python
"""
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name ="
    " 'pg_restore' AND wait_event_type = 'Lock'"
)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
#: Of each verdict, what does not change when it is made again.
TOLD = (
    "company_id, campaign_id, icp_version_id, verdict, fit_stage, score_worst, score_best, decides,"
    " waits_for, answers"
)


Edit = Callable[[dict[str, Any], dict[str, bytes]], object]


@pytest.fixture(autouse=True)
def client_programs(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pg_dump` and `pg_restore` of the server's version: the wheel's for its own server, those on
    the PATH for one that was given.
    """
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    if "sluice-pg-" in database_url:
        monkeypatch.setenv("PATH", str(installation() / "bin"), prepend=os.pathsep)


@pytest.fixture
def filled(sluice: Sluice, tmp_path: Path) -> Path:
    """A folder with a list and a profile that the database has worked through."""
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    sluice("suppress", "add", "westtor.example", "--reason", "asked us to")
    return tmp_path


@pytest.fixture
def saved(sluice: Sluice, filled: Path) -> Path:
    sluice("backup", filled / "monday.backup")
    return filled / "monday.backup"


@pytest.fixture
def small(sluice: Sluice, tmp_path: Path) -> Path:
    """A backup of a database with one suppression, for tests that ask for no verdicts."""
    sluice("suppress", "add", "westtor.example", "--reason", "asked us to")
    sluice("backup", tmp_path / "monday.backup")
    return tmp_path / "monday.backup"


def decided(url: str) -> list[tuple[Any, ...]]:
    store = Store(url)
    with store.read() as tx:
        rows = tx.execute(
            text(f"SELECT {TOLD} FROM verdict WHERE superseded_at IS NULL ORDER BY company_id")
        )
        found = [
            tuple(json.dumps(cell, sort_keys=True, default=str) for cell in row) for row in rows
        ]
    store.close()
    return found


def change(sluice: Sluice, folder: Path) -> None:
    (folder / "more.csv").write_text(
        "name,country,employees,technologies\nBergwerk GmbH,DE,50,python\n", "utf-8"
    )
    sluice("run", folder / "more.csv", "--icp", folder / "icp.yaml", "--no-crawl")
    sluice("lists", "undo", "fair")
    sluice("queue", "next", "--as", "ann")


def test_what_is_restored_decides_as_before(
    sluice: Sluice, database_url: str, filled: Path
) -> None:
    counts, verdicts = sluice("qualify", "--json").json, decided(database_url)
    sluice("backup", filled / "monday.backup")
    change(sluice, filled)
    assert decided(database_url) != verdicts
    assert (
        sluice("restore", filled / "monday.backup", "--json", code=4)
        .error["message"]
        .startswith("the database is not empty: ")
    )
    sluice("restore", filled / "monday.backup", "--force")
    assert decided(database_url) == verdicts
    assert sluice("qualify", "--json").json == counts | {"again": 0}
    assert decided(database_url) == verdicts
    assert sluice("suppress", "check", "westtor.example", "--json").json["suppressed"] is True
    assert (
        sluice("queue", "next", "--as", "ben", "--json").json["company"]["name"] == "Nordwind GmbH"
    )


def test_a_restore_is_in_the_log(sluice: Sluice, database_url: str, small: Path) -> None:
    sluice("restore", small, "--force", "--as", "ann")
    store = Store(database_url)
    with store.read() as tx:
        last = tx.execute(text("SELECT verb, thing, who FROM event ORDER BY id DESC LIMIT 1")).one()
    store.close()
    assert tuple(last) == ("restored", "database", "ann")


def test_a_backup_says_what_it_holds_and_is_closed_to_others(
    sluice: Sluice, database_url: str, filled: Path
) -> None:
    told = sluice("backup", filled / "a.backup", "--json").json
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    assert (told["kind"], told["key"], told["bytes"]) == (
        kind,
        "file",
        (filled / "a.backup").stat().st_size,
    )
    assert (filled / "a.backup").stat().st_mode & 0o777 == 0o600
    checked = sluice("restore", filled / "a.backup", "--dry-run", "--json").json
    assert (checked["dry_run"], checked["needs_force"], checked["version"]) == (
        True,
        True,
        told["version"],
    )
    assert not [path for path in filled.iterdir() if path.name.startswith(".")], (
        "nothing is left beside it"
    )


def test_a_backup_replaces_an_earlier_backup_only(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    sluice("backup", tmp_path / "a.backup")
    assert "exists" in sluice("backup", tmp_path / "a.backup", code=4).err
    sluice("backup", tmp_path / "a.backup", "--force")
    before = (tmp_path / "fair.csv").read_bytes()
    assert "is not a backup" in sluice("backup", tmp_path / "fair.csv", "--force", code=4).err
    assert (tmp_path / "fair.csv").read_bytes() == before
    assert "no folder" in sluice("backup", tmp_path / "nowhere" / "a.backup", code=3).err
    assert "is not a file" in sluice("backup", tmp_path, "--force", code=2).err


@only_sqlite
def test_a_new_home_gets_database_and_key(
    sluice: Sluice, database_url: str, small: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = (home / "suppression.key").read_bytes()
    monkeypatch.setenv("SLUICE_HOME", str(small.parent / "new"))
    monkeypatch.delenv("SLUICE_DATABASE_URL")
    sluice("restore", small, "--dry-run")
    assert not (small.parent / "new" / "sluice.db").exists()
    assert not (small.parent / "new" / "suppression.key").exists()
    sluice("restore", small)
    assert (small.parent / "new" / "suppression.key").read_bytes() == key
    assert (small.parent / "new" / "suppression.key").stat().st_mode & 0o777 == 0o600
    assert sluice("suppress", "check", "westtor.example", "--json").json["suppressed"] is True


def test_another_key_gives_way_and_is_kept(sluice: Sluice, small: Path, home: Path) -> None:
    right, other = (home / "suppression.key").read_bytes(), b"f" * 64
    (home / "suppression.key").write_bytes(other)
    kept = sluice("restore", small, "--force", "--json").json["kept_key"]
    assert (home / "suppression.key").read_bytes() == right
    assert Path(kept).read_bytes() == other
    (home / "suppression.key").write_bytes(b"cut")
    sluice("restore", small, "--force")
    assert (home / "suppression.key").read_bytes() == right


def test_a_key_from_the_settings_must_be_the_same(
    sluice: Sluice, small: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = (home / "suppression.key").read_text().strip()
    monkeypatch.setenv("SLUICE_HASH_KEY", "of another house")
    assert (
        "unset SLUICE_HASH_KEY"
        in sluice("restore", small, "--force", "--json", code=4).error["hint"]
    )
    said = sluice("backup", small.with_name("setting.backup")).err
    assert "keep SLUICE_HASH_KEY too" in said
    assert zipfile.ZipFile(small.with_name("setting.backup")).namelist() == [
        "manifest.json",
        "database",
    ]
    monkeypatch.setenv("SLUICE_HASH_KEY", key)
    sluice("restore", small, "--force")
    assert (
        "not that key"
        in sluice("restore", small.with_name("setting.backup"), "--force", code=4).err
    )
    monkeypatch.setenv("SLUICE_HASH_KEY", "of another house")
    sluice("restore", small.with_name("setting.backup"), "--force")


def remade(saved: Path, edit: Edit) -> Path:
    """The backup with its manifest and parts edited, and with sizes and sums that are right all the
    same.
    """
    with zipfile.ZipFile(saved) as content:
        parts = {name: content.read(name) for name in content.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    edit(manifest, parts)
    for name, part in parts.items():
        manifest["parts"][name] = {"size": len(part), "sha256": hashlib.sha256(part).hexdigest()}
    with zipfile.ZipFile(saved.with_name("remade.backup"), "w") as content:
        content.writestr("manifest.json", json.dumps(manifest))
        for name, part in parts.items():
            content.writestr(name, part)
    return saved.with_name("remade.backup")


#: What is wrong with a backup, and what is said about it. How its file may be broken stands in the
#: tests of the archive.
WRONG: list[tuple[Edit, str, str]] = [
    (lambda m, p: m.update(schema_version="0001"), "is at version 0001", "sluice db upgrade"),
    (lambda m, p: m.update(schema_version="9999"), "is at version 9999", "which made it"),
    (lambda m, p: p.update({"../../escaped": b"x"}), "does not list its parts", "another backup"),
    (
        lambda m, p: p.update({"suppression.key": b"0" * 64}),
        "its key does not match",
        "another backup",
    ),
    (lambda m, p: p.update({"database": p["database"][:-4000]}), "", ""),
    (lambda m, p: p.update({"database": b"no database " * 90}), "", ""),
    (lambda m, p: p.update({"database": b""}), "", ""),
]


def test_a_backup_that_is_none_changes_nothing(
    sluice: Sluice, database_url: str, saved: Path, home: Path
) -> None:
    before, key = decided(database_url), (home / "suppression.key").read_bytes()
    for edit, message, hint in WRONG:
        bad = remade(saved, edit)
        for option in ("--dry-run", "--force"):
            refused = sluice("restore", bad, option, "--json", code=None)
            assert refused.code in (1, 2)
            assert message in refused.error["message"]
            assert hint in refused.error["hint"]
    assert (decided(database_url), (home / "suppression.key").read_bytes()) == (before, key)
    assert not list(saved.parent.parent.rglob("escaped"))
    assert not list(home.glob(".restore-*"))


def test_what_is_not_there_is_said(
    sluice: Sluice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no file" in sluice("restore", tmp_path / "nothing.backup", code=3).err
    (tmp_path / "list.csv").write_text(FAIR)
    assert "is not a whole backup" in sluice("restore", tmp_path / "list.csv", code=2).err
    monkeypatch.setenv("SLUICE_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert "no database yet" in sluice("backup", tmp_path / "a.backup", code=3).err
    assert not (tmp_path / "a.backup").exists()
    assert not (tmp_path / "none.db").exists()


def test_the_other_kind_of_database_is_refused(
    sluice: Sluice, database_url: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database_url.startswith("sqlite"):
        monkeypatch.setenv("SLUICE_DATABASE_URL", "postgresql://nobody@nowhere.example/none")
        assert "unset" in sluice("restore", small, "--json", code=2).error["hint"]
    else:
        monkeypatch.setenv("SLUICE_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
        assert "PostgreSQL" in sluice("restore", small, "--json", code=2).error["hint"]


def test_the_programs_of_postgresql_are_named_when_they_are_missing(
    sluice: Sluice, database_url: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(small.parent))
    if database_url.startswith("sqlite"):
        sluice("restore", small, "--dry-run")
        return
    error = sluice("backup", small.with_name("b.backup"), "--json", code=2).error
    assert error["message"].startswith("pg_dump is not on this machine")
    assert "postgresql-client" in error["hint"]
    assert (
        sluice("restore", small, "--dry-run", "--json", code=2)
        .error["message"]
        .startswith("pg_restore")
    )


def test_a_backup_made_while_others_write_is_one_moment(
    sluice: Sluice, database_url: str, filled: Path
) -> None:
    """A writer adds two rows a transaction, which a copy holds both or neither of."""
    stop, written, store = threading.Event(), [0], Store(database_url)

    def write() -> None:
        line = text(
            "INSERT INTO app_user (id, name, role, created_at) VALUES (:id, :name, 'sdr',"
            " '2026-01-01 00:00:00+00')"
        )
        while not stop.is_set():
            with store.write() as tx:
                for half in "ab":
                    tx.execute(
                        line, {"id": f"{written[0]:031x}{half}", "name": f"{written[0]}{half}"}
                    )
            written[0] += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [sluice("backup", filled / f"{number}.backup", "--json").json for number in range(3)]
    finally:
        stop.set()
        thread.join()
        store.close()
    assert written[0] > 3
    for one in made:
        sluice("restore", one["file"], "--force")
        store = Store(database_url)
        with store.read() as tx:
            names = set(tx.execute(text("SELECT name FROM app_user")).scalars())
        store.close()
        assert {name[:-1] for name in names if name.endswith("a")} == {
            name[:-1] for name in names if name.endswith("b")
        }


@only_sqlite
def test_a_restore_that_is_killed_half_way_leaves_the_database_as_it_was(
    sluice: Sluice, database_url: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(sluice, saved.parent)
    before = decided(database_url)
    child = os.fork()
    if child == 0:
        steps = iter(range(3))
        monkeypatch.setattr(sqlite_copy, "PAGES", 10)
        monkeypatch.setattr(
            sqlite_copy._Patience,
            "__call__",
            lambda *_: os._exit(9) if next(steps, None) is None else None,
        )
        try:
            sluice("restore", saved, "--force", code=None)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert decided(database_url) == before
    sluice("restore", saved, "--force")
    assert decided(database_url) != before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restore_whose_connection_is_cut_half_way_leaves_the_database_as_it_was(
    sluice: Sluice, database_url: str, saved: Path
) -> None:
    change(sluice, saved.parent)
    before, store, cut = decided(database_url), Store(database_url), text(CUT)

    def cut_when_it_waits() -> None:
        # `client` is dropped after nearly all others: by then the old content is gone in that
        # transaction.
        with store.write() as tx:
            tx.execute(text("LOCK TABLE client IN ACCESS SHARE MODE"))
            until, done = time.monotonic() + 20, 0
            while not done and time.monotonic() < until:
                time.sleep(0.05)
                with store.read() as other:
                    done = other.execute(cut).scalar() or 0

    thread = threading.Thread(target=cut_when_it_waits)
    thread.start()
    refused = sluice("restore", saved, "--force", "--json", code=None)
    thread.join()
    store.close()
    assert refused.code in (1, 6)
    assert decided(database_url) == before
    sluice("restore", saved, "--force")
    assert decided(database_url) != before


@only_sqlite
def test_a_damaged_database_is_set_aside(sluice: Sluice, database_url: str, saved: Path) -> None:
    verdicts, path = decided(database_url), Path(database_url.removeprefix("sqlite:///"))
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    path.write_bytes(b"not a database any more " * 500)
    assert "kept aside" in sluice("restore", saved, code=4).err
    kept = sluice("restore", saved, "--force", "--json").json["kept_database"]
    assert Path(kept).read_bytes().startswith(b"not a database")
    assert decided(database_url) == verdicts


@only_postgresql
def test_a_restore_lets_no_role_change_the_version(
    sluice: Sluice, database_url: str, small: Path, restricted_role: str
) -> None:
    sluice("restore", small, "--force")
    store = Store(database_url)
    with store.read() as tx:
        for right, has in (("SELECT", True), ("INSERT", False), ("UPDATE", False)):
            asked = {"role": restricted_role, "right": right}
            may = text("SELECT has_table_privilege(:role, 'alembic_version', :right)")
            assert tx.execute(may, asked).scalar() is has
        may_work = text("SELECT has_table_privilege(:role, 'company', 'UPDATE')")
        assert tx.execute(may_work, {"role": restricted_role}).scalar() is True
    store.close()


@only_sqlite
def test_a_trap_in_the_database_is_refused(
    sluice: Sluice, database_url: str, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "trap.db").write_bytes(zipfile.ZipFile(small).read("database"))
    with sqlite3.connect(tmp_path / "trap.db") as trap:
        trap.execute(
            "CREATE TRIGGER trap AFTER INSERT ON record BEGIN DELETE FROM suppression; END"
        )
    trap.close()
    bad = remade(small, lambda m, p: p.update({"database": (tmp_path / "trap.db").read_bytes()}))
    assert "'trap'" in sluice("restore", bad, "--force", code=2).err


def test_a_database_of_before_can_be_backed_up_and_says_who_restores_it(
    sluice: Sluice, database_url: str, tmp_path: Path
) -> None:
    store = Store(database_url)
    with store.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    store.close()
    assert back_up(load_settings(), str(tmp_path / "old.backup"), force=False).version == "0004"
    assert (
        "db upgrade"
        in sluice("restore", tmp_path / "old.backup", "--force", "--json", code=2).error["hint"]
    )


@only_sqlite
def test_standard_output_and_input(sluice: Sluice, database_url: str, home: Path) -> None:
    call = [sys.executable, "-m", "console"]
    made = subprocess.run([*call, "backup", "-"], check=False, capture_output=True)
    assert made.stderr.startswith(b"backed up"), made.stderr
    read = subprocess.run(
        [*call, "restore", "-", "--dry-run", "--json"],
        check=False,
        capture_output=True,
        input=made.stdout,
    )
    assert (read.returncode, read.stderr) == (0, b"")
    assert json.loads(read.stdout)["file"] == "-"
    assert "not text" in sluice("backup", "-", "--json", code=2).error["message"]
    assert not list(home.glob(".backup-*"))
