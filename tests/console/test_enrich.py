"""`sluice enrich`: registers and providers are asked what can settle a verdict, and never twice."""

import pytest
from sqlalchemy import func, select

from leads.settings import load_settings
from leads.store.migrate import open_store
from leads.store.schema import source_question, spending_line
from tests.console.conftest import Sluice
from tests.sources.asking import BRREG, HOST, NORDIC, Asking
from tests.sources.fake_sources import Sent


def test_a_free_register_settles_what_it_knows(asking: Asking) -> None:
    asking.run_list(NORDIC)
    done = asking.enrich()
    assert done["spent"] == {"amount": "0.000000", "currency": "EUR"}
    assert (done["fit"], done["no_fit"], done["open"]) == (1, 1, 5)
    assert asking.hits(HOST) == 0
    assert asking.hits(BRREG) > 0


def test_a_budget_buys_what_free_sources_do_not_know(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    planned = sluice("enrich", "plan", "--budget", "1", "EUR", "--json").json
    assert asking.paid.billed == []
    assert planned["open"] == 5
    done = asking.enrich("--budget", "1", "EUR")
    assert (done["fit"], done["no_fit"]) == (2, 2)
    assert sorted(asking.paid.billed) == ["ekmala.example", "granby.example"]
    # A company that the provider does not know costs nothing.
    assert done["spent"] == {"amount": "0.200000", "currency": "EUR"}
    assert sluice("queue", "show", "--json").json


def test_nothing_is_paid_twice_by_another_run_or_another_client(asking: Asking) -> None:
    asking.run_list(NORDIC)
    asking.enrich("--budget", "1", "EUR")
    again = asking.enrich("--budget", "1", "EUR")
    assert again["spent"] == {"amount": "0.000000", "currency": "EUR"}
    asking.run_list(NORDIC, "other", "nordwind")
    other = asking.enrich("--budget", "1", "EUR", "--client", "nordwind")
    assert sorted(asking.paid.billed) == ["ekmala.example", "granby.example"]
    assert (other["fit"], other["no_fit"]) == (2, 2)
    assert other["spent"] == {"amount": "0.000000", "currency": "EUR"}


def test_a_provider_that_does_not_share_is_paid_by_each_client(asking: Asking) -> None:
    text = asking.provider_file.read_text("utf-8").replace("shared: true", "shared: false")
    asking.provider_file.write_text(text, "utf-8")
    asking.run_list(NORDIC)
    asking.enrich("--budget", "1", "EUR")
    asking.run_list(NORDIC, "other", "nordwind")
    asking.enrich("--budget", "1", "EUR", "--client", "nordwind")
    assert len(asking.paid.billed) == 4


def test_a_budget_and_caps_are_held(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    done = asking.enrich("--budget", "0.15", "EUR")
    assert len(asking.paid.billed) == 1
    assert done["spent"] == {"amount": "0.100000", "currency": "EUR"}
    sluice("enrich", "cap", "0.15", "EUR", "--per-month")
    asking.enrich("--budget", "9", "EUR")
    assert len(asking.paid.billed) == 1
    shown = sluice("enrich", "limits", "--json").json
    assert shown["limits"][0]["spent"] == "0.10 EUR"
    sluice("enrich", "uncap", "--per-month")
    asking.enrich("--budget", "9", "EUR", "--max-per-company", "0.05", "EUR")
    assert len(asking.paid.billed) == 1
    asking.enrich("--budget", "9", "EUR", "--max-per-company", "0.12", "EUR")
    assert len(asking.paid.billed) == 2


def test_a_company_that_must_not_be_contacted_is_not_asked_about(
    asking: Asking, sluice: Sluice
) -> None:
    asking.run_list(NORDIC)
    sluice("suppress", "add", "granby.example", "--reason", "asked us")
    asking.enrich("--budget", "1", "EUR")
    assert asking.paid.billed == ["ekmala.example"]


def test_the_background_work_buys_nothing_unless_allowed(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    assert not asking.fake.asked
    sluice("enrich", "allow", "0.1", "EUR")
    asking.run_list(
        "Hellvik Bygg AS,NO,Oslo,0150,\nGranby Verkstad AB,SE,Granby,,granby.example\n", "more"
    )
    assert len(asking.paid.billed) <= 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(401, "not allowed"), (402, "quota used up"), (429, "rate limited"), (500, "failed for now")],
)
def test_what_a_provider_refuses_costs_nothing(
    asking: Asking, sluice: Sluice, status: int, outcome: str
) -> None:
    asking.fake.hosts[HOST] = lambda _: Sent({"error": "no"}, status)
    asking.run_list(NORDIC)
    done = asking.enrich("--budget", "1", "EUR")
    assert done["spent"] == {"amount": "0.000000", "currency": "EUR"}
    rows = {row["outcome"] for row in done["questions"] if row["source"] == "provider:headcounts"}
    assert rows == {outcome}
    rests = [one["source"] for one in sluice("enrich", "limits", "--json").json["resting"]]
    assert ("provider:headcounts" in rests) == (status != 500)


def test_an_answer_about_another_company_is_not_taken(asking: Asking) -> None:
    other = {"name": "Other AB", "domain": "other.example", "country": "SE", "employees": 80}
    asking.companies["granby.example"] = other
    asking.run_list(NORDIC)
    done = asking.enrich("--budget", "1", "EUR")
    assert done["fit"] == 1


def test_a_provider_in_a_private_network_is_refused(asking: Asking, sluice: Sluice) -> None:
    text = asking.provider_file.read_text("utf-8").replace(HOST, "169.254.169.254")
    asking.provider_file.write_text(text, "utf-8")
    asking.run_list(NORDIC)
    planned = sluice("enrich", "plan", "--budget", "1", "EUR", "--json").json
    why = planned["left_out"]["provider:headcounts"]
    assert "must name a host, not an address in numbers" in why
    asking.enrich("--budget", "1", "EUR")
    assert asking.hits(BRREG) > 0


def test_a_currency_without_a_rate_is_named(asking: Asking, sluice: Sluice) -> None:
    text = asking.provider_file.read_text("utf-8").replace("0.10 EUR", "0.10 KES")
    asking.provider_file.write_text(text, "utf-8")
    asking.run_list(NORDIC)
    planned = sluice("enrich", "plan", "--budget", "1", "EUR", "--json").json
    assert "no rate from KES to EUR" in planned["left_out"]["provider:headcounts"]


def test_a_dry_run_is_the_plan(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    planned = sluice("enrich", "plan", "--budget", "1", "EUR").out
    assert sluice("enrich", "run", "--budget", "1", "EUR", "--dry-run").out == planned
    assert not asking.fake.asked


def test_nobody_is_asked_under_no_name(sluice: Sluice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLUICE_USER_AGENT")
    said = {
        "enrich run --budget 1 EUR": "no source is asked before you say who asks",
        "registers fetch gb -o gb.csv": "no register is asked before you say who asks",
    }
    for command, words in said.items():
        assert words in sluice(*command.split(), code=2).err


def test_limits_are_set_and_lifted_in_json(sluice: Sluice) -> None:
    cap = sluice("enrich", "cap", "100", "EUR", "--per-month", "--json").json
    assert cap == {"amount": "100.00 EUR", "campaign": None, "list": None, "period": "month"}
    lifted = sluice("enrich", "uncap", "--per-month", "--json").json
    assert lifted == {"lifted": True, "campaign": None, "list": None, "period": "month"}
    assert sluice("enrich", "wake", "provider:none", "--json", code=3).error["code"] == "not_found"
    near = sluice("enrich", "wake", "apolo", "--json", code=3).error["hint"]
    assert near.startswith("did you mean provider:apollo? sources: provider:apollo, ")


def test_an_answer_that_nobody_can_read_counts_as_paid_until_a_person_knows(
    asking: Asking, sluice: Sluice
) -> None:
    asking.fake.hosts[HOST] = lambda _: Sent(b"<html>Welcome</html>")
    asking.run_list(NORDIC)
    done = asking.enrich("--budget", "1", "EUR")
    unclear = sluice("enrich", "unclear", "--json").json
    assert len(unclear) == 3
    assert done["spent"] == {"amount": "0.300000", "currency": "EUR"}
    asked = asking.hits(HOST)
    asking.enrich("--budget", "1", "EUR")
    assert asking.hits(HOST) == asked


TURNOVER = """\
icp: rich
version: 1
suspect:
  - id: income
    turnover: {at_least: 1_000_000, currency: EUR}
"""


def test_an_answer_that_settles_nothing_is_followed_by_the_next_question(
    asking: Asking, sluice: Sluice
) -> None:
    text = asking.provider_file.read_text("utf-8")
    money = "answers:\n  turnover: {path: company.turnover, currency: EUR}\n"
    asking.provider_file.write_text(text.replace("answers:\n", money), "utf-8")
    (asking.folder / "icp.yaml").write_text(TURNOVER, "utf-8")
    asking.companies["fjordvik.example"] = {
        "name": "Fjordvik Pumper AS",
        "domain": "fjordvik.example",
        "country": "NO",
        "turnover": 9_000_000,
    }
    asking.run_list("Fjordvik Pumper AS,NO,Oslo,0150,fjordvik.example\n")
    done = asking.enrich("--budget", "1", "EUR")
    assert done["fit"] == 1
    assert asking.paid.billed == ["fjordvik.example"]


def test_a_forgotten_company_leaves_its_costs_and_no_answers(
    asking: Asking, sluice: Sluice
) -> None:
    asking.run_list(NORDIC)
    asking.enrich("--budget", "1", "EUR")
    sluice("forget", "Granby Verkstad AB", "--yes")
    spent = sluice("enrich", "limits", "--json").json
    assert spent is not None
    store = open_store(load_settings().database_url)
    try:
        with store.read() as tx:
            answers = [row.answer for row in tx.execute(select(source_question.c.answer))]
            paid = tx.execute(select(func.sum(spending_line.c.micros))).scalar_one()
    finally:
        store.close()
    assert not [one for one in answers if one and "Granby" in str(one)]
    assert paid == 200_000


def test_a_question_that_reached_nobody_costs_nothing(asking: Asking, sluice: Sluice) -> None:
    del asking.fake.hosts[HOST]
    asking.run_list(NORDIC)
    done = asking.enrich("--budget", "1", "EUR")
    assert done["spent"] == {"amount": "0.000000", "currency": "EUR"}
    assert sluice("enrich", "unclear", "--json").json == []


def test_amounts_in_two_currencies_are_refused(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    two = ("--budget", "5", "USD", "--max-per-company", "1", "EUR")
    assert "one currency" in sluice("enrich", "plan", *two, code=2).err
    refused = sluice("enrich", "allow", "20", "EUR", "--max-per-company", "1", "USD", code=2)
    assert "one currency" in refused.err
    assert "no currency" in sluice("enrich", "cap", "5", "XYZ", code=2).err


def test_a_plan_heeds_caps(asking: Asking, sluice: Sluice) -> None:
    asking.run_list(NORDIC)
    sluice("enrich", "cap", "0", "EUR")
    planned = sluice("enrich", "plan", "--budget", "1", "EUR", "--json").json
    assert planned["cost"]["amount"] == "0.000000"
    assert planned["caps_leave"]["amount"] == "0.000000"
