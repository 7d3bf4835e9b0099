"""A user's own account: sessions and the password; and what an admin ends."""

import re
from datetime import timedelta

import pytest

from actions.device_words import device
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.web.browser import Browser, Page
from tests.web.conftest import PASSWORD, LogIn

NEW = "marble window cactus ferry"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)


def enter(at: str, name: str, password: str = PASSWORD, agent: str = PHONE) -> Browser:
    browser = Browser(at)
    fields = {"name": name, "password": password}
    assert browser.post("/login", fields, User_Agent=agent).path == "/queue"
    return browser


def ids(page: Page) -> list[str]:
    return re.findall(r'name="session" value="([0-9a-f]+)"', page.html)


def is_in(browser: Browser) -> bool:
    return browser.get("/calls").path == "/calls"


def test_a_user_sees_and_ends_own_sessions(log_in: LogIn, address: str) -> None:
    ann = log_in("ann")
    phone, other = enter(address, "ann"), enter(address, "ann", agent="<b>x</b>")
    ben = log_in("ben")
    page = ann.get("/account")
    shown = [one in page.text for one in ("3 sessions", "Safari on iPhone 127.0.0.0/24")]
    assert (shown, "<b>x</b>" in page.html) == ([True, True], False)
    assert page.text.count("this browser") == 1
    first, _ = ids(page)

    foreign = ben.send(ben.get("/account"), "/logout", "/account/sessions/end", session=first)
    assert foreign.status == 404
    assert "the session has ended" in ann.send(page, "/account/sessions/end", session=first).text
    assert [is_in(one) for one in (ann, phone, other, ben)].count(False) == 1
    assert ann.send(page, "/account/sessions/end", session=first).status == 404
    enter(address, "ann")
    said = ann.send(ann.get("/account"), "/account/sessions/end-others")
    assert "logged out in 2 other browsers" in said.text
    assert [is_in(one) for one in (ann, phone, other, ben)] == [True, False, False, True]


def test_sessions_by_command(log_in: LogIn, sluice: Sluice) -> None:
    ann, _ = log_in("ann"), log_in("ben")
    shown = sluice("user", "sessions", "ann", "--as", "ann", "--json").json
    assert [(one["how"], one["network"]) for one in shown] == [("link", "127.0.0.0/24")]
    sluice("user", "sessions", "ann", "--as", "ben", code=4)
    sluice("user", "log-out", "ann", "--as", "ben", code=4)
    sluice("user", "log-out", "ann", "--session", "0" * 16, "--as", "boss", code=3)
    assert is_in(ann)
    assert "1 session" in sluice("user", "log-out", "ann", "--as", "boss").out
    assert not is_in(ann)
    assert sluice("user", "sessions", "ann", "--as", "boss", "--json").json == []


def test_an_admin_ends_sessions_of_users_within_reach(log_in: LogIn, sluice: Sluice) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
        sluice("campaign", "add", "spring", "--client", client)
    ann, zoe = log_in("ann", "nordwind"), log_in("zoe", "ostsee")
    mia = log_in("mia", "nordwind", role="admin")
    page = mia.get("/users/user?name=ann")
    assert "1 session" in page.text
    assert "ann: 1 session ended" in mia.send(page, "/users/log-out").text
    assert not is_in(ann)
    beyond = mia.get("/users/user?name=zoe")
    assert "session" not in beyond.text.replace("sessions end", "")
    refused = mia.post("/users/log-out", page.hidden("/users/link") | {"name": "zoe"})
    assert "concerns every client" in refused.text
    assert is_in(zoe)


def test_the_password_is_changed_by_who_knows_it(
    log_in: LogIn, address: str, sluice: Sluice
) -> None:
    ann = log_in("ann")
    phone = enter(address, "ann")
    page = ann.get("/account")

    def change(old: str, new: str, again: str) -> Page:
        return ann.send(page, "/account/password", old=old, password=new, again=again)

    assert "your password is wrong" in change(NEW, NEW, NEW).text
    assert "differ" in change(PASSWORD, NEW, PASSWORD).text
    assert "12 to 200 characters" in change(PASSWORD, "short", "short").text
    assert is_in(phone)
    link = sluice("user", "link", "ann", "--at", address, "--as", "boss").out.strip()
    assert phone.get(link.removeprefix(address)).status == 200
    assert "the password is changed; 1 other" in change(PASSWORD, NEW, NEW).text
    assert (is_in(ann), is_in(phone)) == (True, False)
    enter(address, "ann", NEW)
    # Nobody sets it once more with a link that was made before.
    assert phone.get(link.removeprefix(address)).status == 404


def test_the_cookie_changes_with_the_users_rights(
    log_in: LogIn, sluice: Sluice, clock: MadeClock
) -> None:
    ann = log_in("ann")
    page = ann.get("/calls")
    before = ann.cookie("sluice").value
    assert (is_in(ann), ann.cookie("sluice").value) == (True, before)
    sluice("user", "set", "ann", "--role", "manager", "--as", "boss")
    stolen = Browser(ann.at)
    for cookie in ann.cookies:
        stolen.cookies.set_cookie(cookie)
    # What was loading goes on for a moment, and the form that is open is still sent.
    assert is_in(ann)
    after = ann.cookie("sluice").value
    assert after != before
    assert (is_in(stolen), stolen.cookie("sluice").value) == (True, before)
    clock.at += timedelta(seconds=31)
    assert (is_in(stolen), is_in(ann)) == (False, True)
    assert ann.cookie("sluice").value == after
    assert "1 session" in ann.get("/account").text

    sluice("user", "set", "ann", "--role", "sdr", "--as", "boss")
    assert ann.send(page, "/logout").path == "/login"
    assert sluice("user", "sessions", "ann", "--as", "boss", "--json").json == []


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko)"
                " Chrome/140.0.0.0 Mobile Safari/537.36"
            ),
            "Chrome on Android",
        ),
        ("Python-urllib/3.11", "Python-urllib/3.11"),
        ("x" * 200, "x" * 60),
        ("  ", "unknown browser"),
    ],
)
def test_browsers_are_told_in_words(agent: str, words: str) -> None:
    assert device(agent) == words
