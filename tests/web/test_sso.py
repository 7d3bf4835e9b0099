"""Single sign-on with a provider that the test runs: who gets in, and what is refused."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest
from joserfc.jwk import RSAKey

from actions import sso
from actions.session import open_installation
from leads.errors import UsageError
from leads.settings import load_settings
from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import serving
from tests.web.oidc_provider import CLIENT, SECRET, OidcServer, oidc_server

ANN = {"sub": "id-of-ann", "email": "Ann@nordwind.example", "email_verified": True}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[OidcServer]:
    with oidc_server() as made:
        monkeypatch.setenv("SLUICE_OIDC_ISSUER", made.issuer)
        monkeypatch.setenv("SLUICE_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("SLUICE_OIDC_CLIENT_SECRET", SECRET)
        made.person = dict(ANN)
        yield made


@pytest.fixture
def at(provider: OidcServer, database: str, sluice: Sluice) -> Iterator[str]:
    """Where pages are served that `ann`, an SDR, may open by single sign-on."""
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--as", "boss")
    sluice("user", "sso", "ann", "--email", "ann@Nordwind.example", "--as", "boss")
    with open_installation() as installation, serving(installation) as address:
        yield address


def log_in(at: str) -> tuple[Browser, Page]:
    browser = Browser(at)
    return browser, browser.get("/login/sso")


def test_a_linked_user_logs_in(at: str, provider: OidcServer, sluice: Sluice) -> None:
    assert "Log in with single sign-on" in Browser(at).get("/login").text
    browser, page = log_in(at)
    assert (page.path, "ann" in page.text) == ("/queue", True)
    assert browser.get("/users").status == 403
    shown = sluice("user", "sessions", "ann", "--as", "boss", "--json").json
    assert [one["how"] for one in shown] == ["sso"]
    known = sluice("user", "sso", "ann", "--as", "boss", "--json").json["sso"]
    assert (known["email"], known["subject"]) == ("ann@nordwind.example", "id-of-ann")
    # From then on the provider's id counts: the address may pass to somebody else.
    provider.person = ANN | {"email": "other@nordwind.example"}
    assert log_in(at)[1].path == "/queue"
    provider.person = ANN | {"sub": "id-of-another"}
    assert "nobody here is linked" in log_in(at)[1].text
    sluice("user", "sso", "ann", "--unlink", "--as", "boss")
    provider.person = dict(ANN)
    assert log_in(at)[1].status == 403
    sluice("user", "sso", "ann", "--subject", "id-of-ann", "--as", "boss")
    assert log_in(at)[1].path == "/queue"
    # A user who is no more is logged in by nobody.
    sluice("user", "remove", "ann", "--as", "boss")
    assert (browser.get("/queue").path, log_in(at)[1].status) == ("/login", 403)


def test_another_link_or_none_ends_sessions(at: str, provider: OidcServer, sluice: Sluice) -> None:
    def link(*options: str) -> None:
        sluice("user", "sso", "ann", *options, "--as", "boss")

    link("--subject", "id-of-ann")
    browser, _ = log_in(at)
    link("--subject", "id-of-ann")
    assert browser.get("/queue").path == "/queue"
    link("--subject", "another-id")
    assert browser.get("/queue").path == "/login"
    link("--subject", "id-of-ann")
    browser, _ = log_in(at)
    link("--unlink")
    assert browser.get("/queue").path == "/login"


FAULTS: dict[str, dict[str, Any]] = {
    "another nonce": {"change": lambda claims: claims | {"nonce": "another"}},
    "no nonce": {"change": lambda claims: {k: v for k, v in claims.items() if k != "nonce"}},
    "another audience": {"change": lambda claims: claims | {"aud": "another"}},
    "more audiences, for another": {
        "change": lambda claims: claims | {"aud": [CLIENT, "another"], "azp": "another"}
    },
    "another issuer": {"change": lambda claims: claims | {"iss": "https://other.example"}},
    "expired": {"change": lambda claims: claims | {"exp": claims["iat"] - 120}},
    "no end": {"change": lambda claims: {k: v for k, v in claims.items() if k != "exp"}},
    "no subject": {"person": {"email": ANN["email"], "email_verified": True}},
    "unsigned": {"is_unsigned": True},
    "another key": {"signer": RSAKey.generate_key(2048, {"kid": "one"})},
    "an address that is not verified": {"person": ANN | {"email_verified": False}},
    "an address verified by a word": {"person": ANN | {"email_verified": "true"}},
    "nobody's address": {"person": ANN | {"email": "zoe@nordwind.example"}},
}


def test_what_is_not_right_is_refused(at: str, provider: OidcServer, sluice: Sluice) -> None:
    usual = {"change": dict, "person": dict(ANN), "is_unsigned": False, "signer": None}
    for name, fault in FAULTS.items():
        vars(provider).update(usual | fault)
        browser, page = log_in(at)
        assert (page.status, "Log out" in page.text) == (403, False), name
        assert browser.get("/queue").path == "/login", name
    vars(provider).update(usual)
    assert sluice("user", "sessions", "ann", "--as", "boss", "--json").json == []
    assert log_in(at)[1].path == "/queue"
    for name in ("mia", "ann"):
        if name != "ann":
            sluice("user", "add", name, "--as", "boss")
            refused = sluice(
                "user", "sso", name, "--email", str(ANN["email"]), "--as", "boss", code=4
            )
            assert "another user is linked" in refused.err


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def step(url: str, cookies: str = "") -> tuple[str, str]:
    """Follow one address; where it leads, and the cookies that it sets."""
    opener = build_opener(ProxyHandler({}), _Stay)
    try:
        opener.open(Request(url, headers={"Cookie": cookies}), timeout=60)
    except HTTPError as error:
        with error:
            set_cookies = error.headers.get_all("Set-Cookie") or []
            kept = "; ".join(one.partition(";")[0] for one in set_cookies)
            return error.headers.get("Location", str(error.code)), kept
    raise AssertionError("it leads nowhere")


def test_an_answer_counts_once_and_in_its_own_browser(at: str, provider: OidcServer) -> None:
    there, cookie = step(f"{at}/login/sso")
    assert "code_challenge=" in there
    back, _ = step(there)
    # A link that somebody else made logs nobody in as that person.
    assert step(back)[0] == "403"
    assert step(back.replace("state=", "state=x"), cookie)[0] == "403"
    other = step(f"{at}/login/sso")[1]
    assert step(back, other)[0] == "403"
    assert step(back, cookie.replace("sluice_sso=", "sluice_sso=x"))[0] == "403"
    place, kept = step(back, cookie)
    assert place == "/"
    assert "sluice=" in kept
    assert step(back, cookie)[0] == "403"
    # The code again, in a login of its own: the provider gave it out once.
    there, cookie = step(f"{at}/login/sso")
    state = there.partition("state=")[2].partition("&")[0]
    used = back.partition("code=")[2].partition("&")[0]
    assert step(f"{at}/login/sso/back?code={used}&state={state}", cookie)[0] == "403"
    there, cookie = step(f"{at}/login/sso")
    state = there.partition("state=")[2].partition("&")[0]
    denied = f"{at}/login/sso/back?error=access_denied&state={state}"
    assert step(denied, cookie)[0] == "403"


def test_a_second_factor_is_asked_for_unless_the_provider_did(
    at: str, provider: OidcServer, sluice: Sluice
) -> None:
    sluice("user", "second-factor", "--require", "sdr", "--as", "boss")
    assert log_in(at)[1].path == "/login/second-factor"
    provider.person = ANN | {"amr": ["pwd", "otp", "mfa"]}
    assert log_in(at)[1].path == "/queue"


def test_a_provider_that_does_not_answer_is_told(at: str, provider: OidcServer) -> None:
    provider.answer = lambda path, query: None  # type: ignore[method-assign]
    _, page = log_in(at)
    assert (page.status, "does not answer" in page.text) == (503, True)


def test_a_slow_provider_holds_few_requests(at: str, provider: OidcServer) -> None:
    is_told, asked, usual = Event(), [], provider.answer

    def slowly(path: str, query: dict[str, str]) -> Any:
        asked.append(path)
        assert is_told.wait(60)
        return usual(path, query)

    provider.answer = slowly  # type: ignore[method-assign]
    with ThreadPoolExecutor(8) as pool:
        begun = [pool.submit(step, f"{at}/login/sso") for _ in range(8)]
        assert Browser(at).get("/login").status == 200
        is_told.set()
        places = [one.result()[0] for one in begun]
    assert all("code_challenge=" in one for one in places)
    # Two at once, and all others use what those were told.
    assert 1 <= len(asked) <= 2


def test_one_network_begins_so_many_logins(
    database: str, provider: OidcServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.web.pages.sso.STARTS", 2)
    with open_installation() as installation, serving(installation) as at:
        answers = [step(f"{at}/login/sso")[0] for _ in range(3)]
    assert ["code_challenge=" in one for one in answers] == [True, True, False]
    assert answers[-1] == "429"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"OIDC_CLIENT_ID": ""}, "oidc_client_id is not"),
        ({"OIDC_CLIENT_SECRET": ""}, "oidc_client_secret is not"),
        ({"OIDC_ISSUER": "http://login.example"}, "is not an https address"),
    ],
)
def test_settings_are_whole(given: dict[str, str], says: str, tmp_path: Any) -> None:
    usual = {
        "OIDC_ISSUER": "https://login.example",
        "OIDC_CLIENT_ID": "x",
        "OIDC_CLIENT_SECRET": "y",
    }
    environment = {f"SLUICE_{name}": value for name, value in (usual | given).items()}
    settings = load_settings(environment | {"SLUICE_HOME": str(tmp_path)})
    with pytest.raises(UsageError, match=says):
        sso.sign_on(settings)


def test_the_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, database: str, provider: OidcServer, sluice: Sluice
) -> None:
    monkeypatch.delitem(sys.modules, "actions.oidc", raising=False)
    monkeypatch.setitem(sys.modules, "joserfc", None)
    said = sluice("serve", code=6).err
    assert "pip install 'sluice[oidc]'" in said


@pytest.mark.usefixtures("at")
def test_users_are_linked_by_address_and_by_id_side_by_side(sluice: Sluice) -> None:
    for number, name in enumerate(("mia", "max", "noa")):
        sluice("user", "add", name, "--as", "boss")
        sluice("user", "sso", name, "--subject", f"id-{number}", "--as", "boss")
    sluice("user", "add", "eva", "--as", "boss")
    sluice("user", "sso", "eva", "--email", "eva@nordwind.example", "--as", "boss")
    refused = sluice("user", "sso", "eva", "--subject", "id-1", "--as", "boss", code=4)
    assert "another user is linked" in refused.err
    known = sluice("user", "sso", "eva", "--as", "boss", "--json").json["sso"]
    assert known["email"] == "eva@nordwind.example"
