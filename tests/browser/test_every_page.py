"""Every page that a role can reach: it loads cleanly, everybody can use it, and it fits a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page

from actions.actor import Actor, Role
from console.web.navigation import menu_of
from tests.browser.accessible import violations, weak_colours
from tests.browser.page_checks import kind_of, links, shape, too_wide
from tests.browser.people import NARROW, WIDE, People

#: Who looks, and pages that nobody's menu names but that this role must come across.
_LOOKS = {
    Role.ADMIN: (
        "boss",
        {
            "/audits/judge",
            "/companies/ID",
            "/companies/ID/facts/ID",
            "/clients/client?name",
            "/enrich?budget",
            "/campaigns?client&name",
            "/leads/ID",
            "/leads/table",
            "/lists/imports",
            "/lists/list?name",
            "/lists/worth",
            "/operations/failures/ID",
            "/queue/ID",
            "/sites/ID/pages/0",
            "/suppressions/import",
            "/users/user?name",
        },
    ),
    Role.MANAGER: ("mia", {"/audits/judge", "/companies/ID", "/leads/ID", "/lists/list?name"}),
    Role.SDR: ("ann", {"/companies/ID", "/leads/ID", "/queue/ID"}),
    Role.OPERATOR: ("olaf", {"/lists/list?name", "/operations/failures/ID"}),
    Role.VIEWER: ("vera", {"/reports/funnel"}),
}
#: Whose pages axe reads: an admin sees all there are, and a client's person sees them otherwise.
_READ = {Role.ADMIN, Role.VIEWER}


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role(people: People, role: Role) -> None:
    user, found_by_links = _LOOKS[role]
    page = people.user(user)
    entries = [one for group in menu_of(Actor(user, role)) for one in group.entries]
    assert entries
    left = [urlsplit(page.url).path, *(one.path for one in entries), "/place"]
    seen: dict[str, list[str]] = {}
    while left:
        path = left.pop(0)
        kind = kind_of(path)
        if kind in seen:
            continue
        seen[kind] = look_at(page, path, is_read=role in _READ)
        left += links(page)
    faults = [f"{kind}: {fault}" for kind, found in seen.items() for fault in found]
    assert not faults, "\n".join(faults)
    assert {one.path for one in entries} <= set(seen)
    assert found_by_links <= set(seen), sorted(seen)


@pytest.mark.parametrize("path", ["/login", "/link/no-such-link"])
def test_pages_of_strangers(people: People, path: str) -> None:
    people.watch.expected.add(404)
    page = people.stranger()
    assert not look_at(page, path, is_read=True)


def look_at(page: Page, path: str, *, is_read: bool) -> list[str]:
    """What is wrong with a page, wide and narrow, light and dark."""
    page.set_viewport_size({"width": WIDE, "height": 820})
    try:
        answer = page.goto(path)
    except Error as error:
        return [error.message]
    assert answer
    faults = [] if answer.status < 500 else [f"status {answer.status}"]
    faults += shape(page)
    if is_read:
        faults += violations(page)
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {one}" for one in weak_colours(page)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": 820})
    faults += too_wide(page)
    if is_read:
        faults += [f"narrow: {one}" for one in violations(page)]
    return faults
