"""A page that scripts fill gives facts like any other, if the setting says so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.health import check_installation
from actions.session import Session
from leads.clock import now
from leads.errors import UsageError
from leads.ids import floor_of
from leads.settings import load_settings
from leads.store import crawl_health, pages
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from tests.spiders.conftest import Hostile, answer
from workers.context import Context
from workers.inline import work_off_own
from workers.rendering import check_browser, render_options

SITE = "nordwind.example"
SHELL = (
    '<!doctype html><html lang="de"><title>Nordwind</title><noscript>Bitte aktivieren Sie'
    ' JavaScript</noscript><div id="root"></div><script src="/app.js"></script></html>'
)
APP = """
const texts = {
  "/": "<h1>Nordwind</h1><p>Wir bauen Fenster aus Holz, in eigener Werkstatt, für ganz"
    + " Norddeutschland, seit vielen Jahren und mit vielen Händen.</p><p>Unsere Fenster halten"
    + " lange, weil wir das Holz selbst aussuchen, trocknen und verleimen.</p>"
    + "<a href='/impressum'>Impressum</a>",
  "/impressum": "<h1>Impressum</h1><p>Nordwind Fensterbau GmbH<br>Hafenstraße 5<br>20457 Hamburg"
    + "</p><p>Telefon: +49 40 1234567</p><p>Registergericht: Amtsgericht Hamburg<br>HRB 123456</p>"
    + "<p>Umsatzsteuer-Identifikationsnummer: DE123456788</p><p>Alle Angaben ohne Gewähr. Wir"
    + " prüfen unsere Seiten sorgfältig und haften nicht für fremde Inhalte.</p>",
};
document.getElementById("root").innerHTML = texts[location.pathname] || "<h1>Fehlt</h1>";
"""
#: What the site states under each setting.
Found = Mapping[str, set[str]]


def found(context: Context) -> Found:
    with context.store.read() as tx:
        stated: dict[str, set[str]] = {}
        for _, one in facts.of_sites(tx, [SITE]):
            stated.setdefault(one.attribute, set()).add(str(one.value))
    return stated


def visit(session: Session, web: Hostile, browser: str) -> Context:
    web.site(SITE, home=answer(SHELL), impressum=answer(SHELL))
    web.site(SITE, **{"app.js": answer(APP, kind="text/javascript; charset=utf-8")})
    settings = load_settings({"SLUICE_BROWSER": browser})
    context = replace(session.context(), settings=settings, allowed=web.allowed(SITE))
    with context.store.write() as tx:
        wanted = Wanted(kind="crawl", key=SITE, queue="crawl", priority=ledger.NOW)
        ledger.ask(tx, [wanted], context.trace_id)
    work_off_own(context)
    return context


def test_a_rendered_page_gives_facts_and_says_so(
    session: Session, web: Hostile, chromium_path: str
) -> None:
    context = visit(session, web, "unsandboxed")

    stated = found(context)
    assert stated["legal_name"] == {"Nordwind Fensterbau GmbH"}
    assert stated["city"] == {"Hamburg"}
    assert {"rendered:2", "pages:2", "imprint:1"} <= stated["coverage"]

    with context.store.read() as tx:
        last = pages.last_visit(tx, SITE)
        assert last is not None
        assert "pages rendered: 2" in last.reason
        stored = list(pages.pages_of(tx, last.id))
        assert [one.rendering for one in stored] == ["rendered", "rendered"]
        assert crawl_health.rendered_since(tx, floor_of(now() - timedelta(hours=1))) == 2


def test_without_the_setting_a_shell_is_counted_and_stays_one(
    session: Session, web: Hostile
) -> None:
    context = visit(session, web, "off")

    assert "needs_browser:1" in found(context)["coverage"]
    assert "/app.js" not in web.hits[SITE]
    with context.store.read() as tx:
        last = pages.last_visit(tx, SITE)
        assert last is not None
        assert {one.rendering for one in pages.pages_of(tx, last.id)} == {""}


def test_a_site_waits_with_the_reason_when_there_is_no_browser(
    session: Session, web: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    context = visit(session, web, "on")

    with context.store.read() as tx:
        assert pages.last_visit(tx, SITE) is None
        counts = ledger.counts(tx)
    assert counts["crawl"] == {"pending": 1}


@pytest.mark.parametrize("wrong", ["yes", "", "sandboxed"])
def test_a_wrong_setting_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="browser is") as caught:
        render_options(load_settings({"SLUICE_BROWSER": wrong or " "}))
    assert "off, on or unsandboxed" in caught.value.hint


def test_the_browser_is_checked_only_where_it_is_used(chromium_path: str) -> None:
    assert check_browser(load_settings({})) == ""
    said = check_browser(load_settings({"SLUICE_BROWSER": "unsandboxed"}))
    assert said.startswith(f"{chromium_path}, ")


def test_the_doctor_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICE_BROWSER", "on")
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    (found,) = [one for one in check_installation() if one.what == "browser"]
    assert not found.ok
    assert "no-such-browser" in found.found
    assert "apt install chromium" in found.cure
