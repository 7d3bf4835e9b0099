"""A home folder that cannot be written to is named, with the way out."""

import os
from pathlib import Path

import pytest

from tests.console.conftest import Sluice


def test_a_home_that_is_a_file_says_so(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("SLUICE_HOME", str(tmp_path / "taken"))
    refused = sluice("lists", "--json", code=2)
    assert refused.error["message"] == f"{tmp_path / 'taken'} is a file, not a folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_says_so(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "shut"
    home.mkdir(mode=0o500)
    for wanted in (home, home / "below"):
        monkeypatch.setenv("SLUICE_HOME", str(wanted))
        refused = sluice("lists", "--json", code=6)
        assert "cannot be written to" in refused.error["message"]
        assert "chmod u+w" in refused.error["hint"]
