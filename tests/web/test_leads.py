"""Leads by stage, what they told, and the client's answers, in the browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.web.browser import Browser
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch <b>Pumps</b> GmbH"
AGREED = Path("examples/leads/handover.yaml")
TOLD = {
    "icp": "yes",
    "need": "yes",
    "will": "yes",
    "timeline": "yes",
    "budget": "yes",
    "authority": "yes",
}

Queued = Callable[..., None]


@pytest.fixture
def ann(queued: Queued, log_in: LogIn, sluice: Sluice) -> Browser:
    queued(ALDER, BIRCH)
    sluice("handover", "use", str(AGREED))
    return log_in("ann", "default")


def company(sluice: Sluice, name: str) -> str:
    shown = sluice("queue", "show", name, "--json", "--as", "ann").json
    return str(shown["company"]["id"])


def test_a_lead_is_qualified_handed_over_and_accepted(ann: Browser, sluice: Sluice) -> None:
    assert "No company showed interest yet" in ann.get("/leads").text
    path = f"/leads/{company(sluice, ALDER)}"
    page = ann.get(path)
    assert "no lead" in page.text
    page = ann.send(page, f"{path}/told", words="from January on", **TOLD)
    assert "6 answers recorded" in page.text
    assert "qualified: yes" in page.text
    assert "“from January on”" in page.text
    assert ALDER in ann.get("/leads").text

    page = ann.send(page, f"{path}/send")
    assert "handed over to the client: nobody is told" in page.text
    inbox = ann.get("/handovers")
    assert ALDER in inbox.text
    action = path.replace("/leads/", "/handovers/")
    done = ann.send(inbox, f"{action}/accept", words="meeting on Tuesday")
    assert f"{ALDER}: accepted" in done.text
    (row,) = sluice("handover", "list", "--json", "--as", "ann").json
    assert (row["state"], row["words"]) == ("accepted", "meeting on Tuesday")
    (lead,) = sluice("lead", "list", "--json", "--as", "ann").json
    assert lead["stage"] == "opportunity"


def test_the_page_says_how_the_client_hears_of_a_lead(ann: Browser, sluice: Sluice) -> None:
    path = f"/leads/{company(sluice, ALDER)}"
    page = ann.send(ann.get(path), f"{path}/told", **TOLD)
    assert "When you send it: nobody is told" in page.text
    sluice("webhook", "add", "https://crm.example/in", "--type", "company.won", "--as", "boss")
    sluice("user", "add", "vic", "--role", "viewer", "--client", "default", "--as", "boss")
    assert "1 user of the client can see it here" in ann.get(path).text
    sluice("webhook", "add", "https://crm.example/in2", "--as", "boss")
    page = ann.send(page, f"{path}/send")
    assert "handed over to the client: 1 webhook of the client will get it" in page.text
    about = ann.get(path.replace("/leads/", "/companies/")).text
    assert "Out of the queue: a qualified lead now: handed over to the client." in about
    assert "Must not be contacted" not in about


def test_a_rejection_needs_a_reason_and_a_move_a_why(ann: Browser, sluice: Sluice) -> None:
    path = f"/leads/{company(sluice, ALDER)}"
    page = ann.send(ann.get(path), f"{path}/told", **TOLD)
    refused = ann.send(page, f"{path}/move", stage="customer", reason=" ")
    assert refused.status == 400
    assert "a move needs a reason" in refused.text

    ann.send(page, f"{path}/send")
    action = path.replace("/leads/", "/handovers/")
    inbox = ann.get("/handovers")
    assert ann.send(inbox, f"{action}/reject", reason="").status == 400
    reason = inbox.html.partition('<option value="">choose</option><option value="')[2]
    done = ann.send(inbox, f"{action}/reject", reason=reason.partition('"')[0])
    assert f"{ALDER}: rejected" in done.text
    assert "nurture" in ann.get(path).text


def test_names_are_text_and_other_clients_leads_stay_theirs(
    ann: Browser, log_in: LogIn, sluice: Sluice
) -> None:
    path = f"/leads/{company(sluice, 'Birch')}"
    ann.send(ann.get(path), f"{path}/told", need="yes")
    for shown in (ann.get("/leads"), ann.get("/leads/table"), ann.get(path)):
        assert "<b>Pumps" not in shown.html
        assert "Birch <b>Pumps</b> GmbH" in shown.text

    sluice("client", "add", "ostsee", "--as", "boss")
    sluice("campaign", "add", "spring", "--client", "ostsee", "--as", "boss")
    other = log_in("olga", "ostsee")
    assert other.get(path).status == 404
    assert "Birch" not in other.get("/leads").text


def test_leads_are_chosen_in_the_table(ann: Browser, sluice: Sluice) -> None:
    path = f"/leads/{company(sluice, ALDER)}"
    ann.send(ann.get(path), f"{path}/told", need="yes")
    stage = sluice("lead", "list", "--json", "--as", "ann").json[0]["stage"]
    assert ALDER in ann.get(f"/leads/table?stage={stage}").text
    assert ALDER not in ann.get("/leads/table?stage=customer").text
    unknown = ann.get("/leads/table?stage=nowhere")
    assert unknown.status == 400
    assert "there is no stage" in unknown.text
