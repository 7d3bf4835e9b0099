"""Words that try to be code, typed into every field and imported: they stay words."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.made_town import SHARED
from tests.browser.page_checks import kind_of, links, too_wide
from tests.browser.people import NARROW, People

CODE = "\"><script>alert(1)</script>'{{7*7}}${7*7}<img src=x onerror=alert(2)>"
ADDRESS = f"javascript:alert(3)// \u202e{'w' * 280}"
NAMES = (
    "<script>alert(1)</script> GmbH",
    '"><img src=x onerror=alert(2)> AG',
    "'-alert(3)-' & {{7*7}} ${7*7} Ltd",
    "{% raw %}<svg onload=alert(4)> Oy",
    "javascript:alert(5) SARL",
    "\u202eexe.gnp Werke GmbH",
    "مصنع بلدة 12 <b> GmbH",
    "=1+1|' /C calc'!A0 GmbH",
    f"{'Wide' * 72} GmbH",
)
_FIELDS = "input:not([type]), input[type=text], input[type=search], input[type=password], textarea"
#: Forms of every page, by their place on it: those that send words and no file.
_FORMS = f"""() => [...document.querySelectorAll("form")].map((form, place) => ({{
  place, action: form.getAttribute("action"),
  words: form.querySelectorAll("{_FIELDS}").length, file: !!form.querySelector("[type=file]"),
}})).filter((one) => one.words && !one.file)"""
_FILL = f"""([place, words]) => {{
  const form = document.querySelectorAll("form")[place];
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
    page = people.user("boss", "/queue")
    with page.expect_navigation():
        page.keyboard.press("n")
    left, seen, sent = ["/queue", *menu(page)], set[str](), set[str]()
    while left:
        path = left.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        page.goto(path)
        left += links(page)
        for form in page.evaluate(_FORMS):
            if kind_of(form["action"]) in sent:
                continue
            sent.add(kind_of(form["action"]))
            page.goto(path)
            submit(page, form, words)
            assert not wrong(page), (path, form)
    assert len(sent) > 20, sorted(sent)
    people.watch.check()


def test_imported_names_are_shown_as_they_are(people: People, tmp_path: Path) -> None:
    page = people.user("boss", "/place")
    with page.expect_navigation():
        page.locator("form.tile", has_text=SHARED).get_by_role("button").first.click()
    firms = tmp_path / "<img src=x onerror=alert(6)>.csv"
    with firms.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "website", "country", "employees", "<script>alert(7)</script>"])
        rows.writerows(
            [name, f"hostile{n}.example", "DE", 90, name] for n, name in enumerate(NAMES)
        )
    bring_in(page, firms)

    page.goto("/companies?stage=suspect")
    shown = page.locator("td.name a bdi").all_inner_texts()
    page.goto("/companies")
    shown += page.locator("td.name a bdi").all_inner_texts()
    assert set(NAMES) <= set(shown), sorted(set(NAMES) - set(shown))
    for name in NAMES:
        page.goto("/companies/find?name=hostile" + str(NAMES.index(name)) + ".example")
        for path in ("/companies/ID", "/queue/ID"):
            at = page.locator("td.name a").first.get_attribute("href") or ""
            page.goto(path.replace("ID", at.rpartition("/")[2]))
            expect(page.locator("h1")).to_have_text(name)
            assert not wrong(page)
            page.go_back()


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


def submit(page: Page, form: dict[str, Any], words: str) -> None:
    """Fill every field of a form and send it; a file that it answers is dropped."""
    if form["action"] == "/exports/file":
        return
    with page.expect_navigation():
        page.evaluate(_FILL, [form["place"], words])


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
