"""A verdict names the reference data it was decided with."""

from pathlib import Path

import pytest

from leads.lexicon.reference import content_hash
from qualify.run.verdict_row import versions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.tsv").write_bytes(b"x")
    (tmp_path / "data" / "b.tsv").write_bytes(b"y")
    return tmp_path / "data"


def test_the_same_files_have_the_same_hash(folder: Path) -> None:
    assert content_hash(folder) == content_hash(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.tsv", b"xx", id="another byte"),
        pytest.param("c.tsv", b"", id="another file"),
        pytest.param("a.tsv", b"y", id="contents alike"),
    ],
)
def test_whatever_changes_shows(folder: Path, name: str, content: bytes) -> None:
    before = content_hash(folder)
    (folder / name).write_bytes(content)
    assert content_hash(folder) != before


def test_a_new_name_shows(folder: Path) -> None:
    before = content_hash(folder)
    (folder / "a.tsv").rename(folder / "z.tsv")
    assert content_hash(folder) != before


def test_a_verdict_names_evaluator_fold_and_reference_data() -> None:
    assert set(versions()) == {"evaluator", "fold", "reference"}
    assert len(versions()["reference"]) == 16
