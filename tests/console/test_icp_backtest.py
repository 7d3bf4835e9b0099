"""`sluice icp backtest`: what a user sees of verdicts beside outcomes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = """\
icp: makers
version: 3
suspect:
  - id: country
    country: [DE]
prospect:
  - id: size
    employees: {at_least: 50}
score:
  - {id: big, points: 40, employees: {at_least: 200}}
"""


@pytest.fixture
def icp(tmp_path: Path) -> Path:
    path = tmp_path / "icp.yaml"
    path.write_text(ICP)
    return path


def deals(folder: Path) -> Path:
    """25 big companies, 20 of them won; 30 small ones, 6 of them won; 5 of unknown size; 2 open."""
    rows = [f"Big {n},DE,300,{'won' if n < 20 else 'lost'}" for n in range(25)]
    rows += [f"Small {n},DE,20,{'won' if n < 6 else 'lost'}" for n in range(30)]
    rows += [f"Unknown {n},DE,,lost" for n in range(5)]
    rows += ["Open 1,DE,300,open", "Open 2,DE,300,"]
    path = folder / "deals.csv"
    path.write_text("name,country,employees,status\n" + "\n".join(rows) + "\n")
    return path


def test_a_profile_is_tried_on_a_file(sluice: Sluice, icp: Path, home: Path) -> None:
    path = deals(icp.parent)
    options = ("icp", "backtest", icp, "--on", path, "--outcome", "status")
    found = sluice(*options, "--json").json
    assert (found["closed"]["n"], found["closed"]["won"], found["open"]) == (60, 26, 2)
    size = next(one for one in found["criteria"] if one["criterion"] == "size")
    assert size["coverage"] == round(55 / 60, 4)
    assert {name: (size[name]["n"], size[name]["rate"]) for name in ("yes", "no", "unknown")} == {
        "yes": (25, 0.8),
        "no": (30, 0.2),
        "unknown": (5, None),
    }
    assert {name: one["n"] for name, one in found["verdicts"].items()} == {
        "fit": 25,
        "unknown": 5,
        "no_fit": 30,
    }
    # Big companies have the higher score: 20 x 29 of 26 x 34 pairs, and half of the ties.
    ties = 20 * 5 + 6 * 29
    assert found["auc"] == pytest.approx((20 * 29 + ties / 2) / (26 * 34), abs=1e-4)
    text = sluice(*options).out
    assert "60 closed companies: 26 were won, 43 % (32 % to 56 %); 2 still open" in text
    assert "too few to say" in text
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("icp.yaml",), 2, "add --on FILE"),
        (("--on", "deals.csv"), 2, "needs a profile"),
        (("icp.yaml", "--on", "deals.csv", "--outcome", "state"), 2, "state"),
        (("icp.yaml", "--on", "deals.csv", "--outcome", "country"), 2, "neither won nor lost"),
    ],
)
def test_what_is_missing_is_named(
    sluice: Sluice,
    icp: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    deals(icp.parent)
    monkeypatch.chdir(icp.parent)
    assert said in sluice("icp", "backtest", *arguments, code=code).err


@pytest.mark.usefixtures("database")
def test_the_verdict_before_the_first_contact_counts(
    sluice: Sluice, queued: Callable[..., None]
) -> None:
    queued("Zeta GmbH", "Alpha AG", "Mid KG")
    sluice("icp", "backtest", "--json")
    for kind in ("too_small", "interested"):
        sluice("queue", "next", "--as", "ann")
        sluice("queue", "done", kind, "--as", "ann")
    found = sluice("icp", "backtest", "--json").json
    assert (found["closed"]["n"], found["closed"]["won"], found["undecided"]) == (2, 1, 0)
    # What the company said of its size changes its verdict, and was not known before.
    by_name = {one["criterion"]: one for one in found["criteria"]}
    (size,) = [one for name, one in by_name.items() if one["section"] == "score"]
    assert size["yes"]["n"] == 2
    assert found["versions"] == [{"icp": "all", "version": 1, "n": 2}]
    assert "2 closed companies: 1 became leads" in sluice("icp", "backtest").out
