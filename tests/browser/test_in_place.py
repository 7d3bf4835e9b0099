"""A key puts the next card in place: the page is not loaded, and the browser's own keys still work."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.people import People


def names(page: Page) -> list[str]:
    return page.locator("#live-own li bdi").all_inner_texts()


def shows(page: Page, name: str) -> None:
    expect(page.locator("article h1 bdi")).to_have_text(name)
    expect(page).to_have_title(f"{name} · Queue · Sluice")
    expect(page.locator("#live-own [aria-current] bdi")).to_have_text(name)


def test_back_and_forward_show_the_cards_that_keys_showed(people: People) -> None:
    page = people.user("ben", "/queue")
    if len(names(page)) < 3:
        page.keyboard.press("n")
        expect(page.locator("#live-own li").nth(2)).to_be_visible()
    held = names(page)
    page.goto(page.locator("#live-own li a").first.get_attribute("href") or "")
    page.evaluate("() => { window.loadedOnce = true; }")
    waiting = page.locator("#live-waiting li").count()

    # The second key does not wait for the first.
    page.keyboard.press("j")
    page.keyboard.press("j")
    shows(page, held[2])
    assert page.locator("#live-waiting li").count() == waiting
    page.keyboard.press("k")
    shows(page, held[1])
    page.go_back()
    shows(page, held[2])
    page.go_forward()
    shows(page, held[1])
    assert page.evaluate("() => window.loadedOnce") is True
    page.reload()
    shows(page, held[1])
