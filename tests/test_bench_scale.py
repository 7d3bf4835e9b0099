"""`bench.scale` says what a leg lacks before it runs another one."""

import sys
from pathlib import Path

import pytest

from bench.scale import main


@pytest.mark.parametrize("folder", ["", "none"])
def test_missing_lists_are_named_before_the_first_leg(
    folder: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SLUICE_BENCH_DATA", folder and str(tmp_path / folder))
    legs = ["import", "look-up", "--share", ".000001", "--only", "sqlite"]
    monkeypatch.setattr(sys, "argv", ["scale", *legs])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "SLUICE_BENCH_DATA" in said.err
    assert "these legs need: look-up" in said.err
