"""A home folder that cannot be written to is named, with the way out."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ORDINARY_USER = 65534


def test_a_home_that_is_a_file_says_so(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("SLUICE_HOME", str(tmp_path / "taken"))
    refused = sluice("lists", "--json", code=2)
    assert refused.error["message"] == f"{tmp_path / 'taken'} is a file, not a folder"


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder that this process may not write to; root becomes an ordinary user meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(home, ORDINARY_USER, -1)
            os.setresuid(ORDINARY_USER, ORDINARY_USER, 0)
        home.chmod(0o500)
        try:
            yield home
        finally:
            if is_root:
                os.setresuid(0, 0, 0)
            home.chmod(0o700)


def test_a_read_only_home_says_so(
    sluice: Sluice, shut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wanted in (shut, shut / "below"):
        monkeypatch.setenv("SLUICE_HOME", str(wanted))
        refused = sluice("lists", "--json", code=6)
        assert "cannot be written to" in refused.error["message"]
        assert "chmod u+w" in refused.error["hint"]
