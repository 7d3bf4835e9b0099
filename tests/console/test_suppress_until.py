"""Suppressions with an end: shown, heeded, and lifted by themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis
from sqlalchemy import update

from actions.session import open_session
from leads.clock import now
from leads.store import suppression_expiry
from leads.store.migrate import open_store
from leads.store.schema import suppression
from tests.console.conftest import Sluice
from workers.sweeper import sweep

QUEUED = Callable[..., None]


def let_the_time_pass(database_url: str) -> None:
    """Move the end of every suppression that has one into the past."""
    store = open_store(database_url)
    with store.write() as tx:
        ending = update(suppression).where(suppression.c.until.is_not(None))
        tx.execute(ending.values(until=now() - timedelta(seconds=1)))
    store.close()


def test_a_company_is_back_in_the_queue_when_its_time_is_over(
    sluice: Sluice, queued: QUEUED, database_url: str
) -> None:
    queued("Zeta GmbH")
    added = sluice("suppress", "add", "zeta.example", "--until", "in 2 weeks")
    assert "lifts by itself at" in added.err
    assert sluice("suppress", "list", "--json").json[0]["until"]
    assert ", until " in sluice("suppress", "check", "zeta.example").out
    sluice("queue", "next", "--as", "ann", code=3)

    let_the_time_pass(database_url)

    assert sluice("suppress", "check", "zeta.example").out == "not suppressed\n"
    assert sluice("suppress", "list", "--json").json == []
    card = sluice("queue", "next", "--as", "ann", "--json").json
    assert "Zeta GmbH" in str(card)


def test_the_sweeper_lifts_it_too(
    sluice: Sluice, queued: QUEUED, database_url: str, redis_url: str
) -> None:
    queued("Zeta GmbH")
    sluice("suppress", "add", "zeta.example", "--until", "tomorrow")
    let_the_time_pass(database_url)

    with open_session() as session:
        context = replace(session.context(), redis=Redis.from_url(redis_url))
        assert sweep(context, lambda _line: None)
        with session.read() as work:
            assert not suppression_expiry.any_over(work.tx)


def test_a_longer_one_counts_beside_a_shorter_one(
    sluice: Sluice, queued: QUEUED, database_url: str
) -> None:
    queued("Zeta GmbH")
    assert sluice("suppress", "add", "zeta.example", "--until", "in 3 days", "--json").json["new"]
    shorter = sluice("suppress", "add", "zeta.example", "--until", "tomorrow", "--json").json
    assert not shorter["new"]
    for_good = sluice("suppress", "add", "zeta.example", "--json").json
    assert (for_good["new"], for_good["until"]) == (True, None)

    let_the_time_pass(database_url)

    assert sluice("suppress", "check", "zeta.example", "--json").json["suppressed"]
    sluice("queue", "next", "--as", "ann", code=3)


@pytest.mark.usefixtures("database")
def test_a_past_day_is_refused(sluice: Sluice) -> None:
    ended = sluice("suppress", "add", "zeta.example", "--until", "2020-01-31", code=2)
    assert "in the past" in ended.err


def test_a_campaign_s_suppression_counts_in_that_campaign_only(
    sluice: Sluice, queued: QUEUED
) -> None:
    queued("Zeta GmbH")
    campaign = sluice("campaign", "list", "--json").json[0]["name"]
    sluice("suppress", "add", "zeta.example", "--level", "campaign", "--campaign", campaign)

    sluice("queue", "next", "--as", "ann", code=3)
    assert sluice("suppress", "check", "zeta.example", "--json").json["suppressed"] is False
    within = sluice("suppress", "check", "zeta.example", "--campaign", campaign, "--json").json
    assert within["suppressed"]


def test_a_suppression_ends_by_what_it_names(sluice: Sluice) -> None:
    sluice("suppress", "add", "acme.example")
    sluice("suppress", "add", "info@acme.example", "--until", "2099-01-31")
    sluice("suppress", "add", "info@acme.example", "--channel", "phone")
    sluice("suppress", "add", "Acme Pressteile GmbH", "--level", "agency")

    several = sluice("suppress", "end", "info@acme.example", code=2).err
    assert "2 suppressions name it" in several
    assert "every channel until 2099-0" in several
    assert (
        "no suppression of this client names it"
        in sluice("suppress", "end", "+49 30 1234567", code=3).err
    )
    sluice("suppress", "end", "Acme Pressteile", code=3)

    sluice("suppress", "end", "https://www.acme.example/", "--reason", "asked for an offer")
    sluice("suppress", "end", "Acme Pressteile", "--level", "agency")
    left = {row["subject"] for row in sluice("suppress", "list", "--json").json}
    assert left == {"info@acme.example"}
