"""Signals of companies that are merged, split, suppressed or erased, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"


@pytest.fixture
def two(sluice: Sluice, queued: Queued) -> None:
    """Zeta asked for a quote and Alpha saw the price page; both are scored."""
    queued("Zeta GmbH", "Alpha AG")
    sluice("scoring", "use", SEED)
    sluice("signal", "add", "zeta.example", "quote_requested")
    sluice("signal", "add", "alpha.example", "price_page_visited")


def engagement(sluice: Sluice, company: str) -> int:
    found: int = sluice("scoring", "explain", company, "--json").json["engagement"]
    return found


@pytest.mark.usefixtures("two")
def test_a_split_loses_no_signal_and_later_ones_are_apart(sluice: Sluice) -> None:
    sluice("dedupe", "merge", "zeta.example", "alpha.example", "--reason", "one company")
    assert engagement(sluice, "Zeta GmbH") == 25
    sluice("dedupe", "split", "Zeta GmbH")
    rows = sluice("queue", "show", "--json").json
    before = {one["name"]: one["engagement"] for one in rows}
    # What was recorded before stays with the company that keeps the id.
    assert sorted(before.values()) == [0, 25]
    sluice("signal", "add", "alpha.example", "welcome_email_clicked")
    assert engagement(sluice, "alpha.example") == before["Alpha AG"] + 10
    assert engagement(sluice, "zeta.example") == before["Zeta GmbH"]


@pytest.mark.usefixtures("two")
def test_a_signal_by_the_id_of_a_merged_company_counts_for_the_one_that_is_left(
    sluice: Sluice,
) -> None:
    gone = sluice("signal", "list", "alpha.example", "--json").json["company_id"]
    left = sluice("signal", "list", "zeta.example", "--json").json["company_id"]
    first, second = sorted((gone, left))
    sluice("dedupe", "merge", "zeta.example", "alpha.example", "--reason", "one company")
    sluice("signal", "add", second, "welcome_email_clicked")
    assert engagement(sluice, first) == 35


@pytest.mark.usefixtures("two")
def test_a_suppressed_company_is_scored_and_not_served(sluice: Sluice) -> None:
    sluice("suppress", "add", "zeta.example")
    sluice("signal", "add", "zeta.example", "quote_requested")
    assert engagement(sluice, "zeta.example") == 40
    assert [one["name"] for one in sluice("queue", "show", "--json").json] == ["Alpha AG"]


@pytest.mark.usefixtures("two")
def test_an_erased_company_has_no_signal_and_gets_none(sluice: Sluice) -> None:
    sluice("forget", "zeta.example", "--yes")
    sluice("signal", "add", "zeta.example", "quote_requested", code=3)
    sluice("scoring", "explain", "zeta.example", code=3)
    rows = sluice("queue", "show", "--json").json
    assert [(one["name"], one["engagement"]) for one in rows] == [("Alpha AG", 5)]
