"""What a verdict rests on gets old: the verdict opens again, and its source is asked again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from actions.session import open_session
from leads.store import companies, retention, verdicts
from leads.store.ledger import tasks as ledger
from sources.run.catalog import every_source
from sources.source import Source
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.sources.asking import BRREG, ICP, Asking, installed
from workers import source_offers
from workers.inline import work_off_own
from workers.later_tasks import due_again

ROWS = (
    "Fjordvik Pumper AS,NO,Oslo,0150,\n"
    "Granby Verkstad AB,SE,Granby,,granby.example\n"
    "Ekmala Bageri AB,SE,Ekmala,,ekmala.example\n"
)
#: A headcount is good for so many days here; the provider's answer for 180, the register's for 90.
GOOD_FOR = 200


def two_sources(home: Path) -> tuple[tuple[Source, ...], Mapping[str, str]]:
    """Norway and the provider."""
    every, broken = every_source(home)
    wanted = ("register:no", "provider:headcounts")
    return tuple(one for one in every if one.card.name in wanted), broken


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    assert database
    # A made clock stands still between two requests, and other sources have narrow limits.
    monkeypatch.setattr(source_offers, "every_source", two_sources)
    with installed(sluice, tmp_path, home, monkeypatch) as made:
        (tmp_path / "icp.yaml").write_text(ICP + f"    max_age: {GOOD_FOR}\n", "utf-8")
        yield made


def sweep() -> None:
    """Decide what is due by date, as the sweeper asks for, and whatever follows."""
    with open_session() as session:
        context = session.context()
        with context.store.write() as tx:
            due = due_again(retention.verdicts_due(tx, 100))
            ledger.ask(tx, due, context.trace_id)
        work_off_own(context)


def decided() -> Counter[str]:
    with open_session() as session, session.read() as work:
        client_id, campaign_id = work.campaign("default", None)
        every = companies.companies_of(work.tx, client_id)
        rows = verdicts.brief(work.tx, campaign_id, sorted(every))
    return Counter(one.verdict for one in rows.values())


def test_an_old_answer_opens_the_verdict_and_is_asked_for_again(
    asking: Asking, clock: MadeClock
) -> None:
    asking.run_list(ROWS)
    asking.enrich("--budget", "1", "EUR")
    assert decided() == {"fit": 2, "no_fit": 1}
    assert asking.hits(BRREG) > 0

    clock.at += timedelta(days=GOOD_FOR - 10)
    sweep()
    # The provider's answer may be asked for again, but nothing needs it yet.
    assert decided() == {"fit": 2, "no_fit": 1}
    assert asking.enrich("--budget", "1", "EUR")["spent"] == {
        "amount": "0.000000",
        "currency": "EUR",
    }

    clock.at += timedelta(days=11)
    sweep()
    assert decided() == {"unknown": 3}
    asking.companies["granby.example"] = asking.companies["granby.example"] | {"employees": 12}
    again = asking.enrich("--budget", "1", "EUR")
    assert again["spent"] == {"amount": "0.200000", "currency": "EUR"}
    # The register says the same as before, which is news; the provider says that one shrank.
    assert decided() == {"fit": 1, "no_fit": 2}
    assert Counter(asking.paid.billed) == {"granby.example": 2, "ekmala.example": 2}


def test_with_an_automatic_budget_nobody_needs_to_ask(
    asking: Asking, sluice: Sluice, clock: MadeClock
) -> None:
    asking.run_list(ROWS)
    sluice("enrich", "allow", "1", "EUR")
    asking.enrich("--budget", "1", "EUR")
    billed = len(asking.paid.billed)
    clock.at += timedelta(days=GOOD_FOR + 1)
    sweep()
    assert decided() == {"fit": 2, "no_fit": 1}
    assert len(asking.paid.billed) == billed + 2
