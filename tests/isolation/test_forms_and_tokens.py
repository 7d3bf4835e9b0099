"""Every form needs the key of its own session, and every operation the scope that it names."""

from collections.abc import Callable
from http.cookiejar import Cookie

from fastapi.routing import APIRoute

from actions.scopes import SCOPES
from console.api.app import bare_api
from console.api.description import described
from console.web.later_pages import every_page
from tests.api.conftest import MakeProgram, Program
from tests.web.browser import Browser
from tests.web.conftest import PASSWORD, LogIn

Queued = Callable[..., None]
DOCUMENT = described(bare_api())
#: Forms of nobody, and what programs and other sites send: these have other proofs.
LEFT_OUT = ("/login", "/link", "/in/", "/form/", "/shared")
FORMS = [
    route.path
    for one in every_page()
    for route in one.router.routes
    if isinstance(route, APIRoute)
    and "POST" in (route.methods or ())
    and not route.path.startswith(LEFT_OUT)
]


def _filled(path: str) -> str:
    parts = ["x" if part in ("{fingerprint}", "{name}") else part for part in path.split("/")]
    return "/".join("00000000-0000-0000-0000-000000000001" if "{" in one else one for one in parts)


def test_each_form_is_refused_without_the_key_of_this_very_session(log_in: LogIn) -> None:
    ann, ben = log_in("ann", role="admin"), log_in("ben", role="admin")
    old = ann.get("/place").hidden("/logout")["form_key"]
    assert ann.post("/logout", {"form_key": old}).path == "/login"
    page = ann.get("/login")
    assert "Log out" in ann.send(page, "/login", name="ann", password=PASSWORD).text
    own = ann.get("/place").hidden("/logout")["form_key"]
    other = ben.get("/place").hidden("/logout")["form_key"]
    assert len({old, own, other}) == 3

    assert len(FORMS) > 40
    for path in map(_filled, FORMS):
        _check_keys(ann, path, (None, "", old, other))
        _check_origins(ann, path, own)
    assert "Log out" in ann.get("/place").text


def _check_keys(browser: Browser, path: str, keys: tuple[str | None, ...]) -> None:
    for key in keys:
        sent = {} if key is None else {"form_key": key}
        # A field that is missing may be named before the key is looked at: nothing is done.
        assert browser.post(path, sent).status in (400, 403, 404, 413, 422), (path, key)


def _check_origins(browser: Browser, path: str, key: str) -> None:
    for headers in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "", "Origin": "https://attacker.example"},
    ):
        assert browser.post(path, {"form_key": key}, **headers).status == 403, (path, headers)


def test_a_cookie_that_was_planted_is_not_the_one_that_is_logged_in(
    log_in: LogIn, address: str
) -> None:
    ann = log_in("ann")
    assert ann.send(ann.get("/place"), "/logout").path == "/login"
    victim, attacker = Browser(address), Browser(address)
    for one in (victim, attacker):
        one.cookies.set_cookie(_planted(address))
    page = victim.get("/login")
    assert "Log out" in victim.send(page, "/login", name="ann", password=PASSWORD).text
    assert {one.value for one in victim.cookies if one.name == "sluice"} != {"planted"}
    assert attacker.get("/place").path == "/login"


def _planted(address: str) -> Cookie:
    host = address.removeprefix("http://").partition(":")[0]
    return Cookie(
        version=0,
        name="sluice",
        value="planted",
        port=None,
        port_specified=False,
        domain=host,
        domain_specified=False,
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=False,
        expires=None,
        discard=True,
        comment=None,
        comment_url=None,
        rest={},
    )


def test_each_operation_refuses_a_token_without_its_scope(
    program: MakeProgram, queued: Queued
) -> None:
    queued("Alder GmbH", client="north")
    without = {
        scope: program(
            "nora", "north", role="admin", scopes=[one for one in SCOPES if one != scope]
        )
        for scope in SCOPES
    }
    for path, some in DOCUMENT["paths"].items():
        for method, operation in some.items():
            needed = [one for entry in operation.get("security", ()) for one in entry["token"]]
            for scope in needed:
                answer = without[scope].send(method.upper(), _filled(path), {})
                assert answer.status == 403, (method, path, answer.body)
                assert scope in answer.problem["detail"]


def test_a_token_in_the_address_or_a_cookie_opens_nothing(
    program: MakeProgram, queued: Queued
) -> None:
    queued("Alder GmbH", client="north")
    ann = program("ann", "north")
    assert ann.get("/me").status == 200
    nobody = Program(ann.at, "")
    for name in ("token", "access_token", "authorization", "api_key"):
        assert nobody.get(f"/me?{name}={ann.token}").status == 401
    assert nobody.get("/me", Cookie=f"sluice={ann.token}").status == 401
    for scheme in ("Basic", "Token", "bearer bearer"):
        assert nobody.get("/me", Authorization=f"{scheme} {ann.token}").status == 401
