"""The second factor: codes of an app, recovery codes, and roles that need one."""

import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest
from pyotp import TOTP

from actions.second_factor import step_of
from actions.session import open_installation
from console.web.throttle import FREE
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.web.browser import Browser, Page
from tests.web.conftest import PASSWORD, LogIn

STEP = timedelta(seconds=30)
#: RFC 6238, appendix B, for SHA-1: the last six of its eight digits.
RFC_SECRET = b32encode(b"12345678901234567890").decode()
RFC = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    step = seconds // 30
    assert step_of(RFC_SECRET, code, at) == step
    assert step_of(RFC_SECRET, f"{code[:3]} {code[3:]}", at + STEP) == step
    for wrong in (code[:5], code + "0", "x" + code[1:], "٢" + code[1:], ""):
        assert step_of(RFC_SECRET, wrong, at) is None
    if seconds > 100:
        assert step_of(RFC_SECRET, code, at - STEP) == step
        assert step_of(RFC_SECRET, code, at + 2 * STEP) is None


def enter(at: str, name: str, password: str = PASSWORD) -> tuple[Browser, Page]:
    browser = Browser(at)
    return browser, browser.post("/login", {"name": name, "password": password})


def secret_on(page: Page) -> str:
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page.html)
    assert found, page.text
    return found.group(1)


def codes_on(page: Page) -> list[str]:
    return re.findall(r"<li>([a-z2-7-]{29})</li>", page.html)


def set_up(browser: Browser, clock: MadeClock) -> tuple[str, list[str]]:
    """Set an app up on the user's page; its secret and the recovery codes."""
    page = browser.get("/account")
    page = browser.send(page, "/account/second-factor", password=PASSWORD)
    secret = secret_on(page)
    done = browser.send(page, "/account/second-factor/confirm", code=TOTP(secret).at(clock.at))
    return secret, codes_on(done)


def test_a_user_sets_one_up_and_shows_codes_from_then_on(
    log_in: LogIn, clock: MadeClock, address: str, sluice: Sluice
) -> None:
    ann = log_in("ann")
    page = ann.get("/account")
    refused = ann.send(page, "/account/second-factor", password="not the password")
    assert (refused.status, "your password is wrong" in refused.text) == (400, True)
    page = ann.send(page, "/account/second-factor", password=PASSWORD)
    secret = secret_on(page)
    assert f"otpauth://totp/Sluice:ann?secret={secret}" in page.html
    assert '<svg viewBox="0 0' in page.html
    assert "style=" not in page.html
    wrong = ann.send(page, "/account/second-factor/confirm", code="000000")
    assert (wrong.status, "this code is wrong" in wrong.text) == (400, True)
    # Nothing is asked for before the app has shown one right code.
    assert enter(address, "ann")[1].path == "/queue"
    first = TOTP(secret).at(clock.at)
    kept = ann.send(page, "/account/second-factor/confirm", code=first)
    recovery = codes_on(kept)
    assert len(set(recovery)) == 8
    assert "8 recovery codes left" in ann.get("/account").text
    assert secret not in ann.get("/account").html

    browser, page = enter(address, "ann")
    assert page.path == "/login/code"
    for path in ("/", "/queue", "/account", "/live", "/login/second-factor"):
        assert browser.get(path).path == "/login"
    assert browser.post("/login/code", {"code": first}).status == 403
    # The code of the set-up was used.
    assert browser.send(page, "/login/code", code=first).status == 403
    clock.at += STEP
    following = TOTP(secret).at(clock.at)
    assert browser.send(page, "/login/code", code=following).path == "/queue"
    browser, page = enter(address, "ann")
    assert browser.send(page, "/login/code", code=following).status == 403
    assert browser.send(page, "/login/code", code=recovery[0].upper()).path == "/queue"
    assert "7 recovery codes left" in browser.get("/account").text
    again, page = enter(address, "ann")
    assert again.send(page, "/login/code", code=recovery[0]).status == 403
    clock.at += timedelta(minutes=11)
    assert again.send(page, "/login/code", code=recovery[1]).path == "/login"

    page = ann.get("/account")
    renewed = ann.send(page, "/account/second-factor/codes", code=recovery[2])
    assert len(codes_on(renewed)) == 8
    removed = ann.send(
        page, "/account/second-factor/codes", "/account/second-factor/remove", code=recovery[3]
    )
    assert removed.status == 400
    clock.at += STEP
    removed = ann.send(
        page,
        "/account/second-factor/codes",
        "/account/second-factor/remove",
        code=TOTP(secret).at(clock.at),
    )
    assert "the second factor is removed" in removed.text
    assert enter(address, "ann")[1].path == "/queue"


@pytest.mark.usefixtures("no_time_passes")
def test_who_guesses_codes_waits(log_in: LogIn, clock: MadeClock, address: str) -> None:
    secret, _ = set_up(log_in("ann"), clock)
    browser, page = enter(address, "ann")
    answers = [browser.send(page, "/login/code", code="000000").status for _ in range(FREE + 1)]
    assert answers == [403] * FREE + [429]
    clock.at += STEP
    other, page = enter(address, "ann")
    late = other.send(page, "/login/code", code=TOTP(secret).at(clock.at))
    assert late.status == 429
    assert int(late.headers["Retry-After"]) >= 1


def test_a_role_needs_one_and_an_admin_resets_it(
    log_in: LogIn, clock: MadeClock, address: str, sluice: Sluice
) -> None:
    ann, boss = log_in("ann"), log_in("mia", role="admin")
    for path in ("/users/second-factor", "/users/second-factor/reset", "/users/log-out"):
        fields = ann.get("/calls").hidden("/logout") | {"name": "mia", "role": "sdr"}
        refused = ann.post(path, fields)
        assert "may not change users" in refused.text
    said = boss.send(boss.get("/users"), "/users/second-factor", role="sdr").text
    assert "a second factor is needed by: sdr; 1 logged out" in said
    assert ann.get("/queue").path == "/login"

    browser, page = enter(address, "ann")
    assert page.path == "/login/second-factor"
    assert browser.get("/queue").path == "/login"
    assert browser.send(page, "/login/second-factor", code="000000").status == 403
    secret = secret_on(page)
    before = browser.cookie("sluice").value
    done = browser.send(page, "/login/second-factor", code=TOTP(secret).at(clock.at))
    assert len(codes_on(done)) == 8
    assert browser.cookie("sluice").value != before
    account = browser.get("/account")
    assert "Your role needs it" in account.text
    clock.at += STEP
    kept = browser.send(
        account,
        "/account/second-factor/codes",
        "/account/second-factor/remove",
        code=TOTP(secret).at(clock.at),
    )
    assert "the role sdr needs a second factor" in kept.text

    # A link that sets the password does not take the place of the code.
    link = sluice("user", "link", "ann", "--at", address, "--as", "boss").out.strip()
    path = link.removeprefix(address)
    other = Browser(address)
    asked = other.send(other.get(path), path, password=PASSWORD, again=PASSWORD)
    assert asked.path == "/login/code"

    shown = boss.get("/users/user?name=ann")
    assert "Second factor: on" in shown.text
    reset = boss.send(shown, "/users/second-factor/reset")
    assert "ann has no second factor any more" in reset.text
    assert browser.get("/queue").path == "/login"
    assert enter(address, "ann")[1].path == "/login/second-factor"
    listed = boss.send(boss.get("/users"), "/users/second-factor")
    assert "needed by: nobody" in listed.text
    assert enter(address, "ann")[1].path == "/queue"
    with open_installation() as installation, installation.store.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT verb, who FROM event WHERE verb IN ('second factor added', 'second factor reset')"
            " ORDER BY id"
        ).all()
        stored = tx.exec_driver_sql("SELECT nonce FROM second_factor").scalars().all()
    assert [tuple(one) for one in rows] == [
        ("second factor added", "ann"),
        ("second factor reset", "mia"),
    ]
    assert stored
    assert secret not in stored
