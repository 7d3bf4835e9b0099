"""A list below the promised accuracy is named before export and hand-over, and never blocked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.console.made_leads import make_qualified

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


@pytest.fixture
def audited(sluice: Sluice, queued: Queued) -> None:
    """Two companies on a list, of which one has a wrong headcount."""
    queued("Zeta GmbH", "Alpha AG")
    sluice("audit", "draw", "--attribute", "employees")
    sluice("audit", "judge", stdin="y\nn\n")


@pytest.mark.usefixtures("audited")
def test_an_export_names_the_list_and_is_written(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    ran = sluice("export", "-o", file)
    assert file.exists()
    assert "below the promise: Zeta: employees, 1 of 2 right, at least 2.5 %" in ran.err
    assert "promised are 98 %; its facts are less often right than promised" in ran.err
    summary = sluice("export", "-o", tmp_path / "again.csv", "--json").json
    (flag,) = summary["below_promise"]
    assert (flag["list"], flag["state"], flag["missing"]) == ("Zeta", "broken", 234)
    # Rows on stdout are rows alone.
    rows = sluice("export", "--json")
    assert len(rows.json) == 2
    assert "below the promise" in rows.err


def test_too_few_facts_show_nothing_yet(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    sluice("audit", "draw", "--attribute", "employees")
    sluice("audit", "judge", stdin="y\n")
    ran = sluice("export", "-o", tmp_path / "out.csv")
    assert "at least 5.0 %; promised are 98 %; 148 more right facts would show it" in ran.err


@pytest.mark.usefixtures("audited")
def test_a_hand_over_names_the_lists_of_the_lead(sluice: Sluice, tmp_path: Path) -> None:
    make_qualified(sluice)
    ran = sluice("handover", "send", "zeta.example", "-o", tmp_path / "zeta.json")
    assert "below the promise: Zeta: employees" in ran.err
    assert "is handed over" in ran.out


@pytest.mark.usefixtures("audited")
def test_the_promise_is_a_setting(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for promise, names in (("off", False), ("2", False), ("60", True)):
        monkeypatch.setenv("SLUICE_PROMISED_ACCURACY", promise)
        ran = sluice("export", "-o", tmp_path / f"{promise}.csv")
        assert ("below the promise" in ran.err) == names
    monkeypatch.setenv("SLUICE_PROMISED_ACCURACY", "98 %")
    wrong = sluice("audit", "report", "--json", code=2)
    assert "promised_accuracy is '98 %'" in wrong.error["message"]


def test_a_list_that_was_never_drawn_is_not_named(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    assert "promise" not in sluice("export", "-o", tmp_path / "out.csv").err
