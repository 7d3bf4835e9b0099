"""Two SDRs work one queue at once, each in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.made_town import SHARED
from tests.browser.people import People

_TAKE = "() => document.querySelector('[data-key=n]').click()"


def held(page: Page) -> set[str]:
    """The names under "Yours"."""
    return set(page.locator("#live-own li bdi").all_inner_texts())


def test_two_who_take_at_once_never_get_the_same(people: People) -> None:
    pages = [people.user(name, "/queue") for name in ("ben", "cem")]
    for taken in (5, 10):
        for page in pages:
            # Not awaited: the second presses while the first is answered.
            page.evaluate(_TAKE)
        for page in pages:
            expect(page.get_by_role("heading", name=f"Yours ({taken})")).to_be_visible()
        first, second = (held(page) for page in pages)
        assert len(first) == len(second) == taken
        assert not first & second
    leases = people.site.run("queue", "show", "--client", SHARED, "--as", "boss", "--json")
    assert {"ben", "cem"} <= {one.get("user") for one in leases}


def test_what_one_does_shows_to_the_other_without_a_reload(people: People) -> None:
    ben, cem = (people.user(name, "/queue") for name in ("ben", "cem"))
    if not held(ben):
        with ben.expect_navigation():
            ben.keyboard.press("n")
    mark = "() => { window.loadedOnce = true; }"
    cem.evaluate(mark)
    name = ben.locator("article h1 bdi").inner_text()
    row = cem.locator("#live-waiting li", has_text=name)
    with ben.expect_navigation():
        ben.get_by_role("button", name="Return", exact=True).click()
    expect(cem.locator("#heard")).to_have_text(f"{name} came back")
    expect(row.locator("[data-holder]")).to_be_empty()

    ben.goto(row.get_by_role("link").get_attribute("href") or "")
    with ben.expect_navigation():
        ben.keyboard.press("n")
    taken = ben.locator("#live-own li bdi").all_inner_texts()
    assert taken
    expect(
        cem.locator("#live-waiting li", has_text=taken[-1]).locator("[data-holder]")
    ).to_have_text("ben has it")
    assert cem.evaluate("() => window.loadedOnce === true")
