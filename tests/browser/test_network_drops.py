"""The network drops while a form is sent: nothing typed is lost, and it counts once."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.made_town import SHARED
from tests.browser.people import People


def take_one(people: People, user: str) -> Page:
    page = people.user(user, "/queue")
    if not page.locator("article h1 bdi").count():
        with page.expect_navigation():
            page.keyboard.press("n")
    return page


def noted(people: People, page: Page) -> list[str]:
    """The notes on the company of this card."""
    company = page.url.rpartition("/")[2]
    shown = people.site.run("queue", "show", company, "--client", SHARED, "--as", "boss", "--json")
    return [one["note"] for one in shown["history"]]


def test_words_stay_until_the_network_is_back(people: People) -> None:
    page = take_one(people, "ben")
    page.goto(page.locator("#live-own li a").first.get_attribute("href") or "")
    name = page.locator("article h1 bdi").inner_text()
    page.keyboard.press("t")
    page.keyboard.type("asks for the plant in Bremen")
    with people.watch.offline(page.context):
        page.get_by_role("button", name="Keep the note").last.click()
        expect(page.get_by_role("alert")).to_contain_text("No network. Your words are kept")
        expect(page.get_by_label("Note")).to_have_value("asks for the plant in Bremen")
        # Another press while it waits sends nothing more.
        page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("noted")
    assert page.locator("article h1 bdi").inner_text() == name
    expect(page.get_by_label("Note")).to_have_value("")
    assert noted(people, page) == ["asks for the plant in Bremen"]


def test_an_answer_that_is_lost_on_its_way_counts_once(people: People) -> None:
    page = take_one(people, "cem")
    page.goto(page.locator("#live-own li a").first.get_attribute("href") or "")
    lost: list[int] = []

    def lose(route: Route) -> None:
        """Let the server act, and drop what it answers."""
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    people.watch.lost()
    page.route("**/note", lose, times=1)
    page.keyboard.press("t")
    page.keyboard.type("told twice")
    page.get_by_role("button", name="Keep the note").last.click()
    expect(page.locator(".said")).to_have_text("noted")
    assert lost == [200]
    assert noted(people, page) == ["told twice"]


def test_a_reload_keeps_what_was_typed(people: People) -> None:
    page = take_one(people, "ben")
    at = page.locator("#live-own li a").first.get_attribute("href") or ""
    page.goto(at)
    page.get_by_label("When again").fill("tue 9")
    page.get_by_label("Note").fill("half a sent")
    page.goto("/calls")
    page.goto(at)
    expect(page.get_by_label("Note")).to_have_value("half a sent")
    expect(page.get_by_label("When again")).to_have_value("tue 9")
