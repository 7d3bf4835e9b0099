"""Words that try to be code, typed into every field and imported: they stay words."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from actions.demo import CLIENT
from leads.lexicon.names.company_names import parse_name
from tests.browser.made_town import SHARED
from tests.browser.page_checks import kind_of, links, too_wide
from tests.browser.people import NARROW, People

CODE = "\"><script>alert(1)</script>'{{7*7}}${7*7}<img src=x onerror=alert(2)>"
ADDRESS = f"javascript:alert(3)// \u202e{'w' * 280}"
NAMES = (
    "<script>alert(1)</script> GmbH",
    '"><img src=x onerror=alert(2)> AG',
    "O'-alert(3)-' & {{7*7}} ${7*7} Ltd",
    "{% raw %}<svg onload=alert(4)> Oy",
    "javascript:alert(5) SARL",
    "\u202eexe.gnp Werke GmbH",
    "مصنع بلدة 12 <b> GmbH",
    "@SUM(1+1)|' /C calc'!A0 GmbH",
    f"{'Wide' * 72} GmbH",
)
_FIELDS = "input:not([type]), input[type=text], input[type=search], input[type=password], textarea"
#: The first pass answers the hand-overs, and adds a campaign that pages then ask to choose.
_SENT_ONCE = {"post /campaigns", "post /handovers/ID/accept", "post /handovers/ID/reject"}
_MUST_BE_SENT = {
    *_SENT_ONCE,
    "get /companies/find",
    "get /queue/find",
    "get /suppressions",
    "post /campaigns/add",
    "post /clients",
    "post /clients/costs",
    "post /clients/country",
    "post /inboxes",
    "post /leads/ID/move",
    "post /leads/ID/told",
    "post /operations/pause",
    "post /profile",
    "post /queue/ID/done",
    "post /queue/undo",
    "post /suppressions",
    "post /suppressions/end",
    "post /users",
}
# Forms of a page: those that send words and no file.
_FIND = f"""
  const nameOf = (form) =>
    form.method + " " + (form.getAttribute("action") ?? "").replace(/[0-9a-f-]{{36}}/g, "ID");
  const forms = [...document.querySelectorAll("form")].filter((form) =>
    form.querySelector("{_FIELDS}") && !form.querySelector("[type=file]"));
"""
_FORMS = f"() => {{ {_FIND} return forms.map(nameOf); }}"
_FILL = f"""([name, words]) => {{
  {_FIND}
  const form = forms.find((one) => nameOf(one) === name);
  for (const one of form.querySelectorAll("{_FIELDS}")) one.value = words;
  for (const one of form.querySelectorAll("select")) one.selectedIndex = one.options.length - 1;
  const button = form.querySelector("button:not([type=button], [hidden], .danger)")
    ?? form.querySelector("button:not([type=button], [hidden])");
  form.noValidate = true;
  form.requestSubmit(button);
}}"""


@pytest.mark.parametrize("words", [CODE, ADDRESS], ids=["code", "address"])
def test_every_field_takes_hostile_words_as_words(people: People, words: str) -> None:
    people.watch.expected |= {400, 404}
    page = people.user("boss", "/place")
    choose(page, CLIENT)
    page.goto("/queue")
    with page.expect_navigation():
        page.keyboard.press("n")
    left, seen = ["/queue", *menu(page)], set[str]()
    sent, last = set[str](), list[tuple[str, str]]()
    while left:
        path = left.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        page.goto(path)
        left += links(page)
        for form in page.evaluate(_FORMS):
            if form in sent:
                continue
            sent.add(form)
            # A second campaign must be chosen on every other page.
            if form == "post /campaigns/add":
                last.append((path, form))
            elif form != "post /exports/file":
                send_and_look(page, path, form, words)
    for path, form in last:
        send_and_look(page, path, form, words)
    wanted = _MUST_BE_SENT if words == CODE else _MUST_BE_SENT - _SENT_ONCE
    assert sent >= wanted, sorted(wanted - sent)


def test_imported_names_are_shown_as_they_are(people: People, tmp_path: Path) -> None:
    page = people.user("boss", "/place")
    choose(page, SHARED)
    firms = tmp_path / "<img src=x onerror=alert(6)>.csv"
    with firms.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "website", "country", "employees", "<script>alert(7)</script>"])
        rows.writerows(
            [name, f"hostile{n}.example", "DE", 90, name] for n, name in enumerate(NAMES)
        )
    bring_in(page, firms)

    for number, name in enumerate(NAMES):
        # Marks that turn the direction of what follows are no part of a name.
        shown = parse_name(name).shown
        page.goto(f"/companies/find?name=hostile{number}.example")
        at = urlsplit(page.url).path
        for path in (at, at.replace("/companies/", "/queue/")):
            page.goto(path)
            expect(page.locator("h1")).to_have_text(shown)
            assert not wrong(page)


def choose(page: Page, client: str) -> None:
    """Choose the first campaign of a client."""
    with page.expect_navigation():
        page.locator("form.tile", has_text=client).get_by_role("button").first.click()


def bring_in(page: Page, file: Path) -> None:
    """Import a file as a list named like code, on the page for it."""
    page.goto("/lists/imports")
    page.get_by_label("File").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Read the file").click()
    page.get_by_label("Name", exact=True).fill(CODE)
    page.get_by_label("Vendor").fill(CODE)
    assert not wrong(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="The list").wait_for()
    expect(page.locator("h1")).to_have_text(CODE)
    assert not wrong(page)
    with page.expect_navigation():
        page.get_by_role("link", name="The list").click()
    expect(page.locator("h1")).to_have_text(CODE)
    expect(page.locator("main")).to_contain_text(f"from {CODE}")
    assert not wrong(page)


def menu(page: Page) -> list[str]:
    """The addresses of the menu."""
    found: list[str] = page.eval_on_selector_all(
        "nav.menu a", "(all) => all.map((one) => one.getAttribute('href'))"
    )
    return found


def send_and_look(page: Page, path: str, form: str, words: str) -> None:
    """Fill every field of a form of a page, send it, and look at the answer."""
    page.goto(path)
    with page.expect_navigation():
        page.evaluate(_FILL, [form, words])
    assert not wrong(page), (path, form)
    if page.locator("[role=alert]").count():
        kept = page.locator(_FIELDS).evaluate_all("(all) => all.map((one) => one.value)")
        # A page that only says so has no form to keep words in.
        is_form = page.locator("h1").inner_text() != "That is not possible"
        assert not is_form or any(words[:20] in one for one in kept), (path, form)


def wrong(page: Page) -> list[str]:
    """What hostile words did to a page."""
    faults: list[str] = page.evaluate(
        """() => [
          ...document.querySelectorAll("script:not([src='/static/sluice.js']), img"),
          ...document.querySelectorAll("[onerror], [onload]"),
          ...document.querySelectorAll("[href^='javascript:' i], [action^='javascript:' i]"),
        ].map((one) => one.outerHTML.slice(0, 200))"""
    )
    if page.locator("h1").count() != 1:
        faults.append(f"{page.url} has no heading")
    page.set_viewport_size({"width": NARROW, "height": 820})
    faults += too_wide(page)
    page.set_viewport_size({"width": 1360, "height": 820})
    return faults
