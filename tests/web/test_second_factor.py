"""The second factor: codes of an app, recovery codes, and roles that need one."""

import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pyotp import TOTP

from actions.second_factor import secret_from, step_of
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


def test_a_user_sets_one_up(log_in: LogIn, clock: MadeClock, address: str) -> None:
    ann = log_in("ann")
    page = ann.get("/account")
    refused = ann.send(page, "/account/second-factor", password="not the password")
    assert (refused.status, "your password is wrong" in refused.text) == (400, True)
    page = ann.send(page, "/account/second-factor", password=PASSWORD)
    secret = secret_on(page)
    shown = ["otpauth://totp/Sluice:ann?secret=" + secret, '<svg viewBox="0 0', "style="]
    assert [one in page.html for one in shown] == [True, True, False]
    wrong = ann.send(page, "/account/second-factor/confirm", code="000000")
    assert (wrong.status, "this code is wrong" in wrong.text) == (400, True)
    # Nothing is asked for before the app has shown one right code.
    assert enter(address, "ann")[1].path == "/queue"
    code = TOTP(secret).at(clock.at)
    kept = ann.send(page, "/account/second-factor/confirm", code=code)
    assert len(set(codes_on(kept))) == 8
    page = ann.get("/account")
    assert ("8 recovery codes left" in page.text, secret in page.html) == (True, False)
    # The code of the set-up was used.
    browser, page = enter(address, "ann")
    assert browser.send(page, "/login/code", code=code).status == 403


def test_the_password_alone_opens_no_page(log_in: LogIn, clock: MadeClock, address: str) -> None:
    secret, _ = set_up(log_in("ann"), clock)
    browser, page = enter(address, "ann")
    paths = ("/", "/queue", "/account", "/live", "/login/second-factor")
    assert {browser.get(path).path for path in paths} == {"/login"}
    clock.at += STEP
    code = TOTP(secret).at(clock.at)
    assert browser.post("/login/code", {"code": code}).status == 403
    half = browser.cookie("sluice").value
    assert browser.send(page, "/login/code", code=code).path == "/account"
    assert browser.cookie("sluice").value != half
    again, page = enter(address, "ann")
    assert again.send(page, "/login/code", code=code).status == 403
    clock.at += timedelta(minutes=11)
    assert again.send(page, "/login/code", code=TOTP(secret).at(clock.at)).path == "/login"


def test_recovery_codes_count_once_each(log_in: LogIn, clock: MadeClock, address: str) -> None:
    ann = log_in("ann")
    secret, codes = set_up(ann, clock)

    def try_code(code: str) -> str:
        browser, page = enter(address, "ann")
        return browser.send(page, "/login/code", code=code).path

    assert try_code(codes[0].upper()) == "/queue"
    assert try_code(codes[0]) == "/login/code"
    page = ann.get("/account")
    assert "7 recovery codes left" in page.text
    renewed = ann.send(page, "/account/second-factor/codes", code=codes[1])
    assert len(codes_on(renewed)) == 8
    remove = ("/account/second-factor/codes", "/account/second-factor/remove")
    assert ann.send(page, *remove, code=codes[2]).status == 400
    clock.at += STEP
    removed = ann.send(page, *remove, code=TOTP(secret).at(clock.at))
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


def test_a_role_needs_one(log_in: LogIn, clock: MadeClock, address: str) -> None:
    ann, mia = log_in("ann"), log_in("mia", role="admin")
    said = mia.send(mia.get("/users"), "/users/second-factor", role="sdr").text
    assert "roles that need a second factor: sdr; 1 logged out" in said
    assert ann.get("/queue").path == "/login"

    # Who knows the password saw a secret and left: the user's own login gets another.
    thief, seen = enter(address, "ann")
    browser, page = enter(address, "ann")
    assert secret_on(page) != secret_on(seen)
    assert thief.get("/login/second-factor").path == "/login"
    assert (page.path, browser.get("/queue").path) == ("/login/second-factor", "/login")
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


def test_a_new_role_that_needs_one_logs_the_user_out(log_in: LogIn, sluice: Sluice) -> None:
    ann = log_in("ann")
    sluice("user", "second-factor", "--require", "admin", "--as", "boss")
    sluice("user", "set", "ann", "--role", "operator", "--as", "boss")
    assert ann.get("/queue").path == "/queue"
    sluice("user", "set", "ann", "--role", "admin", "--as", "boss")
    assert ann.get("/queue").path == "/login"


def test_an_admin_resets_a_lost_one(
    log_in: LogIn, clock: MadeClock, address: str, sluice: Sluice
) -> None:
    ann, mia = log_in("ann"), log_in("mia", role="admin")
    set_up(ann, clock)
    refused = [
        ann.post(path, ann.get("/calls").hidden("/logout") | {"name": "mia", "role": "sdr"}).text
        for path in ("/users/second-factor", "/users/second-factor/reset", "/users/log-out")
    ]
    assert ["may not change users" in text for text in refused] == [True, True, True]
    # A link that sets the password does not take the place of the code.
    link = sluice("user", "link", "ann", "--at", address, "--as", "boss").out.strip()
    path = link.removeprefix(address)
    other = Browser(address)
    asked = other.send(other.get(path), path, password=PASSWORD, again=PASSWORD)
    assert asked.path == "/login/code"

    shown = mia.get("/users/user?name=ann")
    assert "Second factor: on" in shown.text
    reset = mia.send(shown, "/users/second-factor/reset")
    assert "ann has no second factor any more" in reset.text
    assert enter(address, "ann")[1].path == "/queue"
    sluice("user", "reset-factor", "ann", "--as", "boss", code=3)
    known = sluice("user", "second-factor", "--require", "admin", "--as", "boss", "--json").json
    assert known["required"] == ["admin"]
    assert "needed, not set up" in sluice("user", "second-factor", "--as", "boss").out
    assert logged() == [("second factor added", "ann"), ("second factor reset", "mia")]


def logged() -> list[tuple[str, str]]:
    """What the log says of second factors, and who did it."""
    with open_installation() as installation, installation.store.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT verb, who FROM event WHERE verb IN ('second factor added', 'second factor reset')"
            " ORDER BY id"
        )
        return [(verb, who) for verb, who in rows]


def test_the_database_tells_no_secret() -> None:
    one, other, user = b"a key", b"another key", UUID(int=7)
    secret = secret_from(one, user, "nonce")
    assert len(secret) == 32
    changed = [secret_from(other, user, "nonce"), secret_from(one, user, "other")]
    assert secret not in [*changed, secret_from(one, UUID(int=8), "nonce")]
