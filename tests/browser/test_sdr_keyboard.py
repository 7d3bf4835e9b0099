"""A day of an SDR without a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import violations
from tests.browser.people import People

PASSWORD = "harbour lantern copper meadow"
# No program of this machine makes calls; Chromium would ask which one to open, and take the keys.
_CALLED = """() => addEventListener("click", (event) => {
  if (!event.target.href?.startsWith("tel:")) return;
  window.called = event.target.href;
  event.preventDefault();
})"""


class Keyboard:
    """A page that is worked with keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press a key that changes nothing on the server."""
        self.page.keyboard.press(key)

    def go(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(words)

    def reach(self, wanted: Locator) -> None:
        """Move the focus with Tab."""
        for _ in range(120):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {wanted}")

    @property
    def name(self) -> str:
        """The company on the card."""
        return self.page.locator("article h1 bdi").inner_text()

    def key_of(self, meaning: str) -> str:
        """The key that the list of keys names for something."""
        keys = self.page.locator(
            "#keys dt", has=self.page.locator(f"xpath=following-sibling::dd[1][.='{meaning}']")
        )
        return keys.locator("kbd").first.inner_text()


def test_a_day_with_keys_alone(people: People) -> None:
    made = people.site.run("user", "link", "nils", "--at", people.site.at, "--as", "boss", "--json")
    page = people.stranger()
    keys = Keyboard(page)
    said = page.locator(".said")

    page.goto(made["url"])
    keys.type(PASSWORD)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.go("Enter")
    expect(page).to_have_url(re.compile("/queue$"))
    expect(page.get_by_text("0 calls today")).to_be_visible()

    keys.go("n")
    first = keys.name
    expect(page.get_by_role("heading", name="Yours (5)")).to_be_visible()

    keys.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert not violations(page)
    no_answer, call_back = keys.key_of("no answer"), keys.key_of("call back")
    keys.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()

    page.evaluate(_CALLED)
    keys.press("c")
    page.wait_for_function("() => window.called?.startsWith('tel:+')")
    keys.go(no_answer)
    expect(said).to_contain_text(f"{first}: no answer")
    second = keys.name
    assert second != first

    keys.press("t")
    keys.type("asks for Ms. Example")
    keys.reach(page.get_by_role("button", name="Keep the note").last)
    keys.go("Enter")
    expect(said).to_have_text("noted")
    expect(page.locator(".history")).to_contain_text("asks for Ms. Example")

    keys.press("b")
    keys.type("tue 9")
    keys.press("Escape")
    keys.go(call_back)
    expect(said).to_contain_text(re.compile(rf"^{re.escape(second)}: call back, again .*09:00"))
    keys.go("z")
    expect(said).to_contain_text("undone: done call back")
    assert keys.name == second
    keys.press("b")
    keys.type("tue 9")
    keys.press("Escape")
    keys.go(call_back)

    third = keys.name
    keys.go("j")
    assert keys.name not in (first, second, third)
    keys.go("k")
    assert keys.name == third

    keys.press("/")
    keys.type(first)
    keys.go("Enter")
    assert keys.name == first

    keys.reach(page.get_by_role("link", name="My calls"))
    keys.go("Enter")
    expect(page.get_by_role("heading", name="My calls")).to_be_visible()
    expect(page.locator("main")).to_contain_text(second)
    expect(page.locator("main")).to_contain_text("09:00")

    keys.reach(page.get_by_role("link", name="Queue"))
    keys.go("Enter")
    expect(page.get_by_text("2 calls today")).to_be_visible()
    expect(page.get_by_text("1 reached")).to_be_visible()
