"""Who may see the pages: links, passwords, sessions, and requests from elsewhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from actions.passwords import check_password
from actions.session import open_installation
from console.web.guard import LARGEST
from console.web.throttle import FREE
from console.web.wanted_page import is_own
from leads.errors import UsageError
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.web.browser import Browser, Page
from tests.web.conftest import PASSWORD, LogIn, serving

WRONG = "marble window cactus ferry"
PAGES = ("/", "/queue", "/calls", "/queue/find?company=x")


def enter(browser: Browser, name: str, password: str) -> Page:
    return browser.post("/login", {"name": name, "password": password})


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("/companies/1?tab=notes%20x", True),
        ("/", True),
        ("//evil.example/queue", False),
        ("/queue//evil.example", False),
        ("/\\evil.example", False),
        ("/queue?back=\\evil.example", False),
        ("https://evil.example/", False),
        ("/queue\r\nSet-Cookie: a=b", False),
        ("evil.example", False),
        ("", False),
        ("/" + "x" * 1_000, False),
    ],
)
def test_only_own_pages_are_gone_to(address: str, *, is_kept: bool) -> None:
    assert is_own(address) is is_kept


def test_the_page_that_was_asked_for_follows_the_login(log_in: LogIn, address: str) -> None:
    log_in("ann")
    browser = Browser(address)
    assert browser.get("/calls?day=1").path == "/login"
    assert enter(browser, "ann", WRONG).status == 403
    assert enter(browser, "ann", PASSWORD).path == "/calls?day=1"
    assert "sluice_wanted" not in {one.name for one in browser.cookies}

    other = Browser(address)
    other.get("/calls")
    other.cookie("sluice_wanted").value = "%2F%2Fevil.example%2F"
    assert enter(other, "ann", PASSWORD).path == "/queue"


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_log_in(address: str, path: str) -> None:
    page = Browser(address).get(path)
    assert (page.status, page.path) == (200, "/login")


def test_a_link_works_once_and_ends_sessions(log_in: LogIn, address: str, sluice: Sluice) -> None:
    first = log_in("ann")
    link = sluice("user", "link", "ann", "--at", address, "--as", "boss").out.strip()
    path = link.removeprefix(address)
    other = Browser(address)
    page = other.get(path)
    assert "Welcome, ann" in page.text
    assert "differ" in other.send(page, path, password=PASSWORD, again=WRONG).text
    assert "12 to 200 characters" in other.send(page, path, password="short", again="short").text
    assert other.send(page, path, password=WRONG, again=WRONG).path == "/queue"

    assert first.get("/queue").path == "/login"
    assert Browser(address).get(path).status == 404
    assert Browser(address).post(path, {"password": WRONG, "again": WRONG}).status == 404
    assert enter(Browser(address), "ann", PASSWORD).status == 403
    assert enter(Browser(address), "ann", WRONG).path == "/queue"


def test_a_newer_link_ends_the_older_and_links_grow_old(
    address: str, sluice: Sluice, clock: MadeClock
) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    first = sluice("user", "link", "boss", "--at", address, "--as", "boss").out.strip()
    second = sluice("user", "link", "boss", "--at", address, "--as", "boss").out.strip()
    browser = Browser(address)
    assert browser.get(first.removeprefix(address)).status == 404
    assert browser.get(second.removeprefix(address)).status == 200
    clock.at += timedelta(days=3, minutes=1)
    assert browser.get(second.removeprefix(address)).status == 404


def test_a_link_is_made_by_admins_and_for_users(sluice: Sluice) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--as", "boss")
    assert "may not" in sluice("user", "link", "boss", "--as", "ann", code=4).err
    assert "'nobody'" in sluice("user", "link", "nobody", "--as", "boss", code=3).err


@pytest.mark.parametrize(
    ("unused", "is_in"),
    [(timedelta(hours=11), True), (timedelta(hours=13), False), (timedelta(days=8), False)],
)
def test_a_session_that_is_not_used_ends(
    log_in: LogIn, clock: MadeClock, unused: timedelta, is_in: bool
) -> None:
    browser = log_in("ann")
    clock.at += unused
    assert (browser.get("/calls").path == "/calls") is is_in


def test_a_session_ends_after_a_week_of_use(log_in: LogIn, clock: MadeClock) -> None:
    browser = log_in("ann")
    for _ in range(16):
        clock.at += timedelta(hours=10)
        assert browser.get("/calls").path == "/calls"
    clock.at += timedelta(hours=10)
    assert browser.get("/calls").path == "/login"


def test_logging_out_ends_the_session_and_a_removed_user_is_out(
    log_in: LogIn, sluice: Sluice
) -> None:
    ann, ben = log_in("ann"), log_in("ben")
    stolen = Browser(ann.at)
    for cookie in ann.cookies:
        stolen.cookies.set_cookie(cookie)
    assert stolen.get("/calls").path == "/calls"
    assert ann.send(ann.get("/calls"), "/logout").path == "/login"
    assert stolen.get("/calls").path == "/login"

    sluice("user", "remove", "ben", "--as", "boss")
    assert ben.get("/calls").path == "/login"


def test_the_cookie_is_new_with_each_login_and_kept_from_scripts(log_in: LogIn) -> None:
    browser = log_in("ann")
    before = browser.cookie("sluice")
    planted = Browser(browser.at)
    planted.cookies.set_cookie(before)
    page = enter(planted, "ann", PASSWORD)
    assert page.path == "/queue"
    after = planted.cookie("sluice")
    assert after.value != before.value
    assert after.has_nonstandard_attr("HttpOnly")
    assert after.get_nonstandard_attr("SameSite") == "lax"


def test_over_tls_the_cookie_belongs_to_this_host_alone(sluice: Sluice) -> None:
    sluice("user", "add", "boss", "--role", "admin")
    link = sluice("user", "link", "boss", "--as", "boss").out.strip()
    path = "/link/" + link.rpartition("/")[2]
    with open_installation() as installation, serving(installation, is_https=True) as at:
        browser = Browser(at)
        page = browser.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    # This browser speaks no TLS: it sends no cookie back, and is asked to log in again.
    names = {"__Host-sluice", "__Host-sluice_device", "__Host-sluice_wanted"}
    assert {cookie.name for cookie in browser.cookies} == names
    for cookie in browser.cookies:
        assert (cookie.path, cookie.secure, cookie.domain_specified) == ("/", True, False)
        assert cookie.has_nonstandard_attr("HttpOnly")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
    ],
)
def test_a_form_of_another_site_is_refused(
    log_in: LogIn, headers: dict[str, str], status: int
) -> None:
    browser = log_in("ann")
    fields = browser.get("/calls").hidden("/logout")
    assert browser.post("/logout", fields, **headers).status == status


def test_a_form_without_the_key_of_the_session_is_refused(log_in: LogIn) -> None:
    ann, ben = log_in("ann"), log_in("ben")
    other = ben.get("/calls").hidden("/logout")
    for fields in ({}, {"form_key": ""}, {"form_key": "é"}, other):
        assert ann.post("/logout", fields).status == 403
    assert ann.get("/calls").path == "/calls"


def test_another_host_and_a_large_form_are_refused(address: str) -> None:
    browser = Browser(address)
    assert browser.get("/login", Host="attacker.example").status == 421
    assert browser.post("/login", {"name": "x" * (LARGEST + 1)}).status == 413


def test_every_answer_has_the_strict_headers(address: str) -> None:
    browser = Browser(address)
    for path in ("/login", "/nowhere", "/link/x", "/static/sluice.css"):
        found = browser.get(path).headers
        assert "default-src 'none'" in found["Content-Security-Policy"]
        assert "'unsafe" not in found["Content-Security-Policy"]
        assert found["X-Content-Type-Options"] == "nosniff"
    assert browser.get("/login").headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("no_time_passes")
def test_who_guesses_waits(log_in: LogIn) -> None:
    browser = log_in("ann")
    guesser = Browser(browser.at)
    answers = [enter(guesser, "ann", WRONG).status for _ in range(FREE + 1)]
    assert answers == [403] * FREE + [429]
    page = enter(guesser, "ann", PASSWORD)
    assert page.status == 429
    assert int(page.headers["Retry-After"]) >= 1
    # The browser in which ann logged in before is counted by itself, and for ann alone.
    assert browser.send(browser.get("/calls"), "/logout").path == "/login"
    assert enter(browser, "ann", PASSWORD).path == "/queue"
    assert enter(browser, "ben", WRONG).status == 403
    browser.cookie("sluice_device").value = "forged.0000"
    assert enter(browser, "ann", PASSWORD).status == 429


@pytest.mark.usefixtures("no_time_passes")
def test_who_guesses_many_at_once_waits(database: str) -> None:
    with (
        open_installation() as installation,
        serving(installation) as at,
        ThreadPoolExecutor(16) as guessers,
    ):
        answers = list(guessers.map(lambda _: enter(Browser(at), "ann", WRONG).status, range(16)))
    # Two passwords are checked at a time.
    assert FREE <= answers.count(403) <= FREE + 1
    assert answers.count(403) + answers.count(429) == 16


def test_what_is_not_understood_is_a_page(log_in: LogIn) -> None:
    browser = log_in("ann")
    for path in ("/queue/none", "/queue/find", "/queue/find?company=x%00"):
        page = browser.get(path)
        assert page.status == 422
        assert "not complete" in page.text
    assert enter(browser, "ann\0", PASSWORD).status == 422


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        (PASSWORD, True),
        ("Zürich–Öl–4711!", True),
        ("password1234", False),
        ("annannannann", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("qwertzuiop12", False),
        ("x" * 201, False),
        ("elevenchars", False),
    ],
)
def test_easy_passwords_are_refused(password: str, is_good: bool) -> None:
    check: Callable[[], None] = lambda: check_password(password, "ann")  # noqa: E731
    if is_good:
        check()
    else:
        with pytest.raises(UsageError):
            check()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--host", "0.0.0.0"), "--proxy"),
        (("--proxy", "10.0.0.1"), "--name"),
        (("--host", "0.0.0.0", "--proxy", "10.0.0.1", "--name", "x.example"), "no admin has"),
    ],
)
def test_other_machines_need_a_proxy_and_an_admin(
    sluice: Sluice, options: tuple[str, ...], says: str
) -> None:
    said = sluice("serve", *options, code=None)
    assert said.code in (2, 4)
    assert says in said.err
