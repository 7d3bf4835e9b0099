"""The file of a backup: what was put in comes out, and whatever else somebody makes of it is
refused.
"""

import contextlib
import json
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.errors import NotFoundError, SluiceError, UsageError
from leads.store.copies.archive import (
    DATABASE,
    KEY,
    Manifest,
    is_backup,
    open_archive,
    write_archive,
)

DATABASE_CONTENT = bytes(range(256)) * 40
KEY_CONTENT = b"a key made up for this test"
MADE = Manifest(
    kind="sqlite",
    schema_version="0005",
    made_by="sluice 0.1.0",
    created_at=datetime(2026, 11, 2, tzinfo=UTC),
    key_from="file",
    key_mark="0" * 64,
)


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    (folder / "a").write_bytes(DATABASE_CONTENT)
    (folder / "b").write_bytes(KEY_CONTENT)
    write_archive(folder / "made", MADE, {DATABASE: folder / "a", KEY: folder / "b"})
    return folder / "made"


def taken_out(path: Path, folder: Path) -> tuple[Manifest, bytes, bytes]:
    with open_archive(path) as found:
        for name in (DATABASE, KEY):
            (folder / name).unlink(missing_ok=True)
            found.take_out(name, folder / name)
        return found.manifest, (folder / DATABASE).read_bytes(), (folder / KEY).read_bytes()


def test_what_was_put_in_comes_out(backup: Path, tmp_path: Path) -> None:
    manifest, database, key = taken_out(backup, tmp_path)
    assert (database, key) == (DATABASE_CONTENT, KEY_CONTENT)
    assert manifest.model_copy(update={"parts": {}}) == MADE
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert is_backup(backup)


def test_an_archive_is_never_written_over_a_file(backup: Path) -> None:
    with pytest.raises(FileExistsError):
        write_archive(backup, MADE, {})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 100), at=st.integers(0, 1 << 20), put=st.binary(max_size=6))
def test_a_changed_file_is_refused_or_gives_what_was_put_in(
    cut: int, at: int, put: bytes, backup: Path, tmp_path: Path
) -> None:
    content = backup.read_bytes()
    place = at % len(content)
    (tmp_path / "changed").write_bytes(
        content[:place] + put + content[place + (cut if cut < 20 else len(put)) :]
    )
    with contextlib.suppress(UsageError):
        manifest, database, key = taken_out(tmp_path / "changed", tmp_path)
        assert (database, key, manifest.key_mark) == (DATABASE_CONTENT, KEY_CONTENT, MADE.key_mark)


@pytest.mark.parametrize(
    "part", [0, 1, 40, 300, -200, -22, -1], ids=lambda part: f"up to byte {part}"
)
def test_a_file_cut_short_is_refused(part: int, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(backup.read_bytes()[:part])
    with pytest.raises(UsageError, match="is not a whole backup"):
        taken_out(tmp_path / "cut", tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=200), st.binary(max_size=80).map(lambda some: b"PK\x05\x06" + some)
    )
)
def test_any_other_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(UsageError, match="is not a whole backup"), open_archive(tmp_path / "other"):
        pass
    assert not is_backup(tmp_path / "other")


def remade(
    backup: Path, to: Path, edit: Callable[[dict[str, Any], dict[str, bytes]], object]
) -> Path:
    with zipfile.ZipFile(backup) as content:
        parts = {name: content.read(name) for name in content.namelist()}
    manifest = json.loads(parts["manifest.json"])
    edit(manifest, parts)
    if parts.get("manifest.json", b"").startswith(b"{"):
        parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as content:
        for name, part in parts.items():
            content.writestr(name, part)
    return to


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        pytest.param(
            lambda m, p: m.update(format=2), "made by a newer Sluice", id="a newer format"
        ),
        pytest.param(
            lambda m, p: m.update(format="1"), "not one of ours", id="a format that is no number"
        ),
        pytest.param(lambda m, p: m.update(extra=1), "not one of ours", id="an unknown key"),
        pytest.param(lambda m, p: m.pop("created_at"), "not one of ours", id="a key missing"),
        pytest.param(lambda m, p: m.update(kind="oracle"), "not one of ours", id="an unknown kind"),
        pytest.param(
            lambda m, p: m.update(created_at="2026-11-02T00:00:00"),
            "not one of ours",
            id="a time without a zone",
        ),
        pytest.param(
            lambda m, p: m.update(made_by="sluice \x1b[2J"),
            "not one of ours",
            id="a name that steers a terminal",
        ),
        pytest.param(
            lambda m, p: m["parts"]["database"].update(size=-1),
            "not one of ours",
            id="a negative size",
        ),
        pytest.param(
            lambda m, p: p.update({"manifest.json": b"[" * 60_000}),
            "not one of ours",
            id="a manifest nested without end",
        ),
        pytest.param(
            lambda m, p: p.update({"manifest.json": b"[1]"}),
            "not one of ours",
            id="a manifest of another shape",
        ),
        pytest.param(
            lambda m, p: p.update({"manifest.json": b"\xff" * 9}),
            "not one of ours",
            id="a manifest that is no text",
        ),
        pytest.param(
            lambda m, p: p.update({"manifest.json": b" " * 70_000}),
            "no manifest",
            id="a manifest too large to be one",
        ),
        pytest.param(lambda m, p: p.pop("manifest.json"), "no manifest", id="no manifest"),
        pytest.param(
            lambda m, p: m["parts"].pop("suppression.key"),
            "does not list its parts",
            id="a part that is not listed",
        ),
        pytest.param(
            lambda m, p: m["parts"].update({"../x": m["parts"]["database"]}),
            "does not list its parts",
            id="a listed way out",
        ),
        pytest.param(lambda m, p: p.pop("database"), "other files", id="no database"),
        pytest.param(
            lambda m, p: p.update({"../../escaped": b"x"}),
            "other files",
            id="a path that climbs out",
        ),
        pytest.param(
            lambda m, p: p.update({"/escaped": b"x"}), "other files", id="a path from the root"
        ),
        pytest.param(
            lambda m, p: m["parts"]["database"].update(size=9), "other files", id="another size"
        ),
        pytest.param(
            lambda m, p: m["parts"]["database"].update(sha256="0" * 64),
            "was changed",
            id="another sum",
        ),
        pytest.param(
            lambda m, p: p.update({"suppression.key": KEY_CONTENT[::-1]}),
            "was changed",
            id="another key of the same length",
        ),
    ],
)
def test_a_hostile_archive_is_refused(
    edit: Callable[[dict[str, Any], dict[str, bytes]], object],
    message: str,
    backup: Path,
    tmp_path: Path,
) -> None:
    bad = remade(backup, tmp_path / "bad", edit)
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match=message):
        taken_out(bad, tmp_path / "in")
    assert not [*tmp_path.rglob("escaped"), *tmp_path.parent.glob("escaped")]


def test_a_bomb_is_refused_before_it_goes_off(backup: Path, tmp_path: Path) -> None:
    bad = remade(backup, tmp_path / "bad", lambda m, p: m["parts"]["database"].update(size=1 << 60))
    with zipfile.ZipFile(bad, "a") as content:
        content.getinfo("database").file_size = 1 << 60
        content.comment = b"so that the table of contents is written anew"
    with pytest.raises(SluiceError, match="has room for"):
        taken_out(bad, tmp_path)
    assert not (tmp_path / DATABASE).exists()


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_is_not_ours_is_refused(
    packed: int, backup: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup) as content, zipfile.ZipFile(tmp_path / "bad", "w", packed) as bad:
        for name in content.namelist():
            bad.writestr(name, content.read(name))
    with pytest.raises(UsageError, match="never packs"):
        taken_out(tmp_path / "bad", tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(backup.read_bytes())
    with zipfile.ZipFile(tmp_path / "bad", "a") as content:
        content.writestr("database", DATABASE_CONTENT)
    with pytest.raises(UsageError, match="is not a whole backup"):
        taken_out(tmp_path / "bad", tmp_path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nothing"), open_archive(tmp_path / "nothing"):
        pass
