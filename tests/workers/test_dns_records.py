"""The DNS records of a visited domain become facts, and are read again without the network."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

import enrich.run
from actions.rereading import reread
from actions.session import Session
from leads.errors import UsageError
from leads.facts import Fact
from leads.settings import load_settings
from leads.store import kept_pages
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.values import TechnologyUse
from spiders.limits import Limits
from tests.spiders.conftest import Hostile, answer
from tests.spiders.made_names import NameServer, serving_names
from workers.context import Context
from workers.dns_asker import dns_asker, name_server
from workers.inline import work_off_own

SITE = "nordwind.example"
LIMITS = Limits(delay=0, download_timeout=5, look_further=False)
HOME = "<html lang=de><title>Nordwind</title><h1>Nordwind</h1><p>Wir bauen Fenster aus Holz.</p></html>"


@pytest.fixture(scope="module")
def names() -> Iterator[NameServer]:
    with serving_names() as made:
        made.records[SITE, "MX"] = ["0 nordwind-example.mail.protection.outlook.com."]
        yield made


def visit(context: Context) -> None:
    with context.store.write() as tx:
        wanted = Wanted(kind="crawl", key=SITE, queue="crawl", priority=ledger.NOW)
        ledger.ask(tx, [wanted], context.trace_id)
    work_off_own(context)


def technologies(session: Session) -> dict[str, Fact]:
    with session.store.read() as tx:
        found = [one for _, one in facts.of_sites(tx, [SITE])]
    return {one.value.slug: one for one in found if isinstance(one.value, TechnologyUse)}


def test_records_become_facts_and_are_read_again(
    session: Session, web: Hostile, names: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.site(SITE, home=answer(HOME))
    settings = load_settings({"SLUICE_DNS": f"127.0.0.1:{names.port}"})
    context = replace(
        session.context(), settings=settings, allowed=web.allowed(SITE), limits=LIMITS
    )
    visit(context)
    mail = technologies(session)["microsoft-365"].evidence
    assert mail.url == f"dns:{SITE}"
    assert mail.quote == f"{SITE} MX 0 nordwind-example.mail.protection.outlook.com"

    # A second visit, for whichever client, asks the name server nothing.
    names.asked.clear()
    visit(context)
    assert not names.asked
    assert technologies(session)["microsoft-365"].evidence == mail

    # Other rules read the kept records.
    monkeypatch.setattr(enrich.run, "rules_version", lambda _brought: "other")
    monkeypatch.setattr("enrich.record_technologies.named", lambda _rules, _hits: ())
    done = reread(replace(session, settings=settings), SITE, dry_run=False)
    assert done.pages == 2
    assert "microsoft-365" not in technologies(session)
    assert not names.asked


def test_a_visit_without_a_name_server_keeps_pages_only(session: Session, web: Hostile) -> None:
    web.site(SITE, home=answer(HOME))
    settings = load_settings({"SLUICE_DNS": "off"})
    context = replace(
        session.context(), settings=settings, allowed=web.allowed(SITE), limits=LIMITS
    )
    visit(context)
    with session.store.read() as tx:
        assert [one.kind for one in kept_pages.current(tx, SITE)] == ["home"]


@pytest.mark.parametrize(
    ("setting", "server"),
    [
        ("system", ("", 53)),
        ("off", None),
        ("192.0.2.53", ("192.0.2.53", 53)),
        ("192.0.2.53:5353", ("192.0.2.53", 5353)),
        ("2001:db8::53", ("2001:db8::53", 53)),
        ("[2001:db8::53]:5353", ("2001:db8::53", 5353)),
    ],
)
def test_the_setting_names_a_server(setting: str, server: tuple[str, int] | None) -> None:
    assert name_server(load_settings({"SLUICE_DNS": setting})) == server


@pytest.mark.parametrize(
    "setting", ["on", "dns.example", "192.0.2.53:x", "192.0.2.53:70000", "[::1"]
)
def test_a_setting_that_names_no_server_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match="not the address of a name server"):
        name_server(load_settings({"SLUICE_DNS": setting}))


def test_the_system_is_not_asked_about_hosts_of_this_machine() -> None:
    system = load_settings({"SLUICE_DNS": "system"})
    assert dns_asker(system, {("nordwind.example", 80): ("127.0.0.1", 8000)}) is None
