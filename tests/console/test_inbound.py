"""Companies that come by themselves: who is added, who is a lead, and who stays out."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from intake.inbound import LIST
from leads.clock import now
from tests.console.conftest import Sluice
from tests.console.made_leads import AGREEMENT, RULE, leads

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


def come(sluice: Sluice, who: str, kind: str = "quote_requested") -> dict[str, object]:
    found: dict[str, object] = sluice("signal", "add", who, kind, "--inbound", "--json").json
    return found


def records(sluice: Sluice) -> dict[str, int]:
    return {one["name"]: one["records"] for one in sluice("lists", "--json").json}


def test_an_unknown_company_that_asks_is_a_lead_with_a_verdict(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH")
    hint = sluice("signal", "add", "nova.example", "quote_requested", "--json", code=3).error
    assert "--inbound" in hint["hint"]
    first = come(sluice, "www.nova.example")
    assert (first["company"], first["is_new"], first["is_lead"]) == ("nova.example", True, True)
    again = come(sluice, "nova.example", "demo_requested")
    assert (again["company"], again["is_new"], again["is_lead"]) == ("nova.example", False, False)
    assert leads(sluice)["nova.example"]["stage"] == "unqualified"
    card = sluice("queue", "show", "nova.example", "--json").json
    assert "country" in [one["criterion"] for one in card["unknown"]]
    assert records(sluice)[LIST] == 1


@pytest.mark.parametrize("who", ["alpha AG", "ALPHA.example", "kim.doe@alpha.example"])
def test_who_is_known_is_not_added_again(sluice: Sluice, queued: Queued, who: str) -> None:
    queued("Alpha AG")
    found = come(sluice, who)
    assert (found["company"], found["is_new"], found["is_lead"]) == ("Alpha AG", False, True)
    assert LIST not in records(sluice)


def test_a_list_that_comes_later_meets_who_came_by_itself(sluice: Sluice, queued: Queued) -> None:
    queued("Alpha AG")
    assert come(sluice, "Brunnhuber Zahnradfabrik GmbH")["is_new"] is True
    queued("Brunnhuber Zahnradfabrik GmbH")
    card = sluice("queue", "show", "brunnhuber.example", "--json").json
    assert card["stage"] == "prospect"
    assert leads(sluice).keys() == {"Brunnhuber Zahnradfabrik GmbH"}
    found = sluice("signal", "list", "brunnhuber.example", "--json").json
    assert [one["kind"] for one in found["signals"]] == ["quote_requested"]
    assert [one["name"] for one in sluice("queue", "show", "--json").json] == ["Alpha AG"]


def test_of_an_address_only_the_domain_is_kept(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    assert come(sluice, "kim.doe@nova.example", "form_submitted")["company"] == "nova.example"
    assert "kim" not in json.dumps(sluice("queue", "show", "nova.example", "--json").json)


@pytest.mark.parametrize(
    ("who", "kind", "said"),
    [
        ("kim@gmail.com", "form_submitted", "belongs to no single company"),
        ("facebook.com", "form_submitted", "belongs to no single company"),
        ("nova.example", "email_opened", "no company is added for email_opened"),
        ("nova.example", "unsubscribed", "no company is added for unsubscribed"),
        ("nova.example", "quote_requestd", "no company is added for quote_requestd"),
        ("kim@@nova", "form_submitted", "it is no e-mail address"),
        ("=cmd|' /C calc'!A0", "form_submitted", "its name is no company's"),
        ("019a0000-0000-7000-8000-000000000000", "form_submitted", "no company has this id"),
    ],
)
def test_what_names_no_company_is_not_added(
    sluice: Sluice, queued: Queued, who: str, kind: str, said: str
) -> None:
    queued("Zeta GmbH")
    order = ("signal", "add", who, kind, "--inbound", "--json")
    assert said in sluice(*order, code=2).error["message"]
    assert sum(records(sluice).values()) == 1


def test_a_list_named_inbound_keeps_its_records(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    path = tmp_path / "inbound.csv"
    path.write_text("name,website\nOld One GmbH,old.example\nOld Two GmbH,two.example\n")
    sluice("import", path, "--role", "customers")
    for who in ("newbie.example", "second.example"):
        assert come(sluice, who)["is_lead"] is True
    assert (records(sluice)["inbound"], records(sluice)[LIST]) == (2, 2)
    assert {one["barred"] for one in leads(sluice).values()} == {None}


@pytest.mark.parametrize("options", [(), ("--add",), ("--role", "customers")])
def test_nobody_imports_into_the_list_of_who_came_by_itself(
    sluice: Sluice, queued: Queued, tmp_path: Path, options: tuple[str, ...]
) -> None:
    queued("Zeta GmbH")
    path = tmp_path / "own.csv"
    path.write_text("name,website\nOld One GmbH,old.example\n")
    refused = sluice("import", path, "--name", LIST, "--json", *options, code=4).error
    assert (LIST in refused["message"], "--name" in refused["hint"]) == (True, True)
    come(sluice, "nova.example")
    sluice("import", path, "--name", LIST, *options, code=4)
    assert records(sluice)[LIST] == 1


def test_who_is_suppressed_is_recorded_and_not_served(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    sluice("suppress", "add", "nova.example")
    come(sluice, "nova.example")
    assert "suppressed" in leads(sluice)["nova.example"]["barred"]
    assert sluice("lead", "due", "--json").json == []
    assert len(sluice("signal", "list", "nova.example", "--json").json["signals"]) == 1
    assert [one["name"] for one in sluice("queue", "show", "--json").json] == ["Zeta GmbH"]


def test_who_was_erased_stays_out(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH")
    sluice("forget", "zeta.example", "--yes")
    order = ("signal", "add", "zeta.example", "quote_requested", "--inbound", "--json")
    assert "erased on request" in sluice(*order, code=2).error["message"]
    assert leads(sluice) == {}
    assert records(sluice).get(LIST, 0) == 0


def test_a_consumer_is_a_lead_only_with_an_opt_in(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    use_b2c(sluice, tmp_path)
    assert come(sluice, "nova.example")["is_lead"] is False
    assert leads(sluice) == {}
    assert come(sluice, "nova.example", "opted_in")["is_lead"] is True
    assert leads(sluice).keys() == {"nova.example"}
    sluice("signal", "add", "nova.example", "unsubscribed")
    assert leads(sluice) == {}


def use_b2c(sluice: Sluice, tmp_path: Path) -> None:
    agreement = tmp_path / "b2c.yaml"
    agreement.write_text(AGREEMENT.read_text("utf-8").replace("audience: b2b", "audience: b2c"))
    sluice("handover", "use", agreement)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("opt_in", "email_unsubscribed"),
        ("consent_given", "complained"),
        ("opted_in", "asked_to_be_left_alone"),
    ],
)
def test_other_words_for_an_opt_in_and_its_end_count_too(
    sluice: Sluice, queued: Queued, tmp_path: Path, yes: str, no: str
) -> None:
    queued("Zeta GmbH")
    use_b2c(sluice, tmp_path)
    sluice("signal", "add", "zeta.example", yes)
    sluice("lead", "qualify", "zeta.example", *RULE)
    assert leads(sluice).keys() == {"Zeta GmbH"}
    sluice("signal", "add", "zeta.example", no)
    assert leads(sluice) == {}
    order = ("handover", "send", "zeta.example", "-o", tmp_path / "lead.json", "--json")
    assert "no recorded opt-in" in sluice(*order, code=4).error["message"]


def test_an_opt_in_counts_in_its_own_campaign_and_an_opt_out_in_all(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    (tmp_path / "other.yaml").write_text("icp: other\nversion: 1\nsuspect:\n  - country: [DE]\n")
    sluice("icp", "use", tmp_path / "other.yaml", "--campaign", "other")
    agreement = tmp_path / "b2c.yaml"
    agreement.write_text(AGREEMENT.read_text("utf-8").replace("audience: b2b", "audience: b2c"))
    here, there = ("--campaign", "all"), ("--campaign", "other")
    sluice("handover", "use", agreement, *here)
    sluice("signal", "add", "zeta.example", "opted_in", *there)
    told = sluice("lead", "qualify", "zeta.example", *RULE, *here)
    assert "no opt-in is recorded" in told.out + told.err
    assert leads(sluice, *here) == {}
    sluice("signal", "add", "zeta.example", "opted_in", *here)
    sluice("lead", "qualify", "zeta.example", *RULE, *here)
    assert leads(sluice, *here).keys() == {"Zeta GmbH"}
    sluice("signal", "add", "zeta.example", "unsubscribed", *there)
    assert leads(sluice, *here) == {}


def statements(sluice: Sluice, *order: object) -> int:
    """How many statements a command sends."""
    sent: list[str] = []

    def see(_tx: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        sluice(*order)
    finally:
        event.remove(Engine, "before_cursor_execute", see)
    return len(sent)


def test_more_leads_of_consumers_cost_no_more_statements(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    names = [f"{name} GmbH" for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elm")]
    queued(*names)
    use_b2c(sluice, tmp_path)
    sluice("contact", "consent", "kim@elm.example", "--words", "may write", "--source", "form")
    path = tmp_path / "forms.jsonl"
    wishes = [(name, kind) for name in names for kind in ("opted_in", "quote_requested")]
    lines = [line(name, kind, number) for number, (name, kind) in enumerate(wishes)]
    path.write_text("\n".join(lines[:2]))
    sluice("signal", "import", path, "--inbound")
    of_one = [statements(sluice, *one) for one in (("lead", "list"), ("report",))]
    path.write_text("\n".join(lines))
    sluice("signal", "import", path, "--inbound")
    assert leads(sluice).keys() == set(names)
    of_five = [statements(sluice, *one) for one in (("lead", "list"), ("report",))]
    assert of_five == of_one


def line(company: str, kind: str, number: int, **more: object) -> str:
    at = (now() - timedelta(days=1)).isoformat()
    return json.dumps({"company": company, "kind": kind, "at": at, "id": str(number)} | more)


def test_a_file_adds_who_came_by_itself(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH", "Alpha AG")
    path = tmp_path / "forms.jsonl"
    path.write_text(
        "\n".join(
            [
                line("nova.example", "form_submitted", 1),
                line("kim@nova.example", "quote_requested", 2),
                line("Alpha AG", "demo_requested", 3),
                line("zeta.example", "page_visited", 4),
                line("robot.example", "email_opened", 5),
                line("kim@gmail.com", "form_submitted", 6),
            ]
        )
    )
    order = ("signal", "import", path, "--inbound", "--json")
    would = sluice(*order, "--dry-run", code=5).json
    assert would["added"] == ["kim@nova.example", "nova.example"]
    assert sum(records(sluice).values()) == 2
    found = sluice(*order, code=5).json
    assert (found["added"], found["leads"]) == (would["added"], 2)
    assert set(found["unmatched"]) == {"robot.example", "kim@gmail.com"}
    assert leads(sluice).keys() == {"nova.example", "Alpha AG"}
    assert records(sluice)[LIST] == 1
    again = sluice(*order, code=5).json
    assert (again["added"], again["leads"], again["known"]) == ([], 0, 4)


def test_a_recorded_consent_is_an_opt_in_until_it_is_withdrawn(
    sluice: Sluice, database: str, tmp_path: Path
) -> None:
    (tmp_path / "icp.yaml").write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    (tmp_path / "fair.csv").write_text(
        "name,website,country,email\nZeta GmbH,zeta.example,DE,info@zeta.example\n"
    )
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    use_b2c(sluice, tmp_path)
    assert come(sluice, "zeta.example")["is_lead"] is False
    consent = ("contact", "consent", "info@zeta.example")
    sluice(*consent, "--words", "may write", "--source", "form", "--on", "2026-11-20")
    assert come(sluice, "zeta.example", "demo_requested")["is_lead"] is True
    assert leads(sluice).keys() == {"Zeta GmbH"}
    sluice(*consent, "--withdraw")
    assert leads(sluice) == {}


def test_a_dry_run_tells_what_the_import_does(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("forget", "zeta.example", "--yes")
    path = tmp_path / "forms.jsonl"
    lines = [
        ("zeta.example", "quote_requested"),
        ("kim.doe@zeta.example", "quote_requested"),
        ("kim@gmail.com", "form_submitted"),
        ("4711", "demo_requested"),
        ("nova.example", "quote_requested"),
        ("kim.doe@nova.example", "form_submitted"),
        ("pure.example", "webinar_registered"),
        ("old.example", "email_opened"),
        ("alpha.example", "demo_requested"),
    ]
    at = (now() - timedelta(hours=1)).isoformat()
    path.write_text(
        "".join(
            json.dumps({"company": who, "kind": kind, "at": at, "id": f"e{number}"}) + "\n"
            for number, (who, kind) in enumerate(lines)
        )
    )
    order = ("signal", "import", path, "--inbound", "--json")
    before, after = (sluice(*order, *more, code=5).json for more in (("--dry-run",), ()))
    assert before == after
    assert sorted(after["added"]) == [
        "4711",
        "kim.doe@nova.example",
        "nova.example",
        "pure.example",
    ]
    assert after["leads"] == len(leads(sluice)) == 4
    assert after["unmatched"]["zeta.example"] == "it was erased on request"
    assert after["unmatched"]["kim.doe@zeta.example"] == "it was erased on request"


def test_who_must_not_be_contacted_is_said_at_once(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    sluice("suppress", "add", "zeta.example", "--reason", "asked to stop")
    told = sluice("signal", "add", "zeta.example", "quote_requested", "--inbound").out
    assert "it must not be contacted: suppressed: zeta.example" in told
    assert "must not" not in sluice("signal", "add", "alpha.example", "quote_requested").out
    listed = sluice("signal", "list", "alpha.example")
    (one,) = sluice("signal", "list", "alpha.example", "--json").json["signals"]
    assert one["id"] in listed.out
    sluice("signal", "remove", one["id"])
    assert sluice("signal", "list", "alpha.example", "--json").json["signals"] == []


@pytest.mark.parametrize("who", ["   ", "4711"])
def test_a_name_without_letters_is_a_name(sluice: Sluice, queued: Queued, who: str) -> None:
    queued("Zeta GmbH")
    code = 2 if who.isspace() else 0
    told = sluice("signal", "add", who, "quote_requested", "--inbound", code=code)
    assert ("its name is no company's" in told.err) is who.isspace()
