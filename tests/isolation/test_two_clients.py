"""Two clients work side by side; whatever one of them names is never shown to the other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from actions.scopes import SCOPES
from console.api.app import bare_api
from console.api.description import described
from console.web.later_pages import every_page
from tests.api.conftest import Program
from tests.console.conftest import Sluice
from tests.web.browser import Browser
from tests.web.conftest import LogIn

Queued = Callable[..., None]
PROFILE = "icp: {mark}\nversion: {number}\nsuspect:\n  - country: [DE, AT]\n"
#: What can be read without naming a thing; streams do not end.
READS = sorted(
    path
    for path, some in described(bare_api())["paths"].items()
    if "get" in some and "{" not in path
)
PAGES = sorted(
    route.path
    for one in every_page()
    for route in one.router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and "{" not in route.path
    if route.path not in ("/live", "/login", "/login/code", "/login/second-factor")
)


@dataclass(frozen=True)
class Tenant:
    """One client, its admin, and the mark in all of its words."""

    name: str
    admin: str
    mark: str
    program: Program
    browser: Browser


class Agency(RuleBasedStateMachine):
    """One installation for the whole run: what was written stays, so that it may be shown later."""

    both: tuple[Tenant, ...]
    run: Sluice
    number = 0

    def _next(self) -> int:
        Agency.number += 1
        return Agency.number

    def _sent(self, who: Tenant, path: str, body: Any) -> None:
        self._check(who, f"POST {path}", who.program.post(path, body).body.decode())

    def _check(self, who: Tenant, what: str, said: str) -> None:
        (other,) = (one for one in self.both if one is not who)
        for mark in (other.mark, other.mark.lower(), other.mark.upper()):
            assert mark not in said, (who.name, what, said[:2_000])

    def _company(self, who: Tenant) -> str:
        found = who.program.get("/companies?limit=1&campaign=all").json["items"]
        return str(found[0]["id"]) if found else "none"

    @rule(at=st.integers(0, 1))
    def import_a_list(self, at: int) -> None:
        who, number = self.both[at], self._next()
        rows = f"name,website,country\n{who.mark} {number} GmbH,{who.mark}-{number}.example,DE\n"
        # Both have this company.
        body = (rows + "Zwilling GmbH,zwilling.example,DE\n").encode()
        name = f"{who.mark}%20{number}"
        self._sent(who, f"/lists/imports?name={name}&vendor={who.mark}", body)

    @rule(at=st.integers(0, 1))
    def use_a_profile(self, at: int) -> None:
        who = self.both[at]
        text = PROFILE.format(mark=who.mark.lower(), number=self._next())
        self._sent(who, "/profiles/use?campaign=all", text.encode())

    @rule(at=st.integers(0, 1), ends=st.sampled_from(["interested", "do_not_contact", "no_answer"]))
    def work_a_prospect(self, at: int, ends: str) -> None:
        who = self.both[at]
        answer = who.program.post("/prospects/next?campaign=all", {"any_time": True})
        self._check(who, "next", answer.body.decode())
        if answer.status == 200:
            this = f"/prospects/{answer.json[0]['company_id']}"
            self._sent(who, f"{this}/notes?campaign=all", {"text": f"{who.mark} said so"})
            self._sent(who, f"{this}/done?campaign=all", {"disposition": ends, "note": who.mark})

    @rule(at=st.integers(0, 1))
    def record_a_signal(self, at: int) -> None:
        who = self.both[at]
        body = {"company": self._company(who), "kind": "replied", "link": who.mark}
        self._sent(who, "/signals", body | {"external_id": f"{who.mark}-{self._next()}"})

    @rule(at=st.integers(0, 1))
    def suppress(self, at: int) -> None:
        who = self.both[at]
        whom = f"{who.mark.lower()}-{self._next()}.example"
        self._sent(who, "/suppressions", {"whom": whom, "level": "client", "reason": who.mark})

    @rule(at=st.integers(0, 1))
    def pause_and_resume(self, at: int) -> None:
        who = self.both[at]
        for verb in ("pause", "resume"):
            self._sent(who, f"/ops/{verb}", {"client": who.name, "reason": who.mark})

    @rule(at=st.integers(0, 1), path=st.sampled_from(READS))
    def read(self, at: int, path: str) -> None:
        who = self.both[at]
        self._check(who, path, who.program.get(path).body.decode())

    @rule(at=st.integers(0, 1), path=st.sampled_from(PAGES))
    def open_a_page(self, at: int, path: str) -> None:
        who = self.both[at]
        self._check(who, path, who.browser.get(path).html)

    @rule(at=st.integers(0, 1), about=st.sampled_from(["Zwilling GmbH", "zwilling.example"]))
    def ask_about_the_shared_company(self, at: int, about: str) -> None:
        who, text = self.both[at], quote(about)
        for path in (f"/companies/find?text={text}", f"/source-of?whom={text}"):
            self._check(who, path, who.program.get(path).body.decode())
        other = self.both[1 - at]
        for path in (f"/companies/find?text={other.mark}", f"/lists?client={other.name}"):
            said = who.program.get(path).body.decode().replace(other.mark, "", 2)
            self._check(who, path, said)

    @rule(at=st.integers(0, 1), profile=st.sampled_from(["plain", "hubspot"]))
    def export(self, at: int, profile: str) -> None:
        self._sent(self.both[at], f"/exports?profile={profile}", None)

    @rule(
        at=st.integers(0, 1),
        command=st.sampled_from(
            ["queue show", "list show", "export list", "suppress list", "lead list", "ops failures"]
        ),
    )
    def run_a_command(self, at: int, command: str) -> None:
        who = self.both[at]
        named = () if command.startswith("ops") else ("--client", who.name)
        ran = self.run(*command.split(), *named, "--as", who.admin, code=None)
        self._check(who, command, ran.out + ran.err)


@pytest.fixture
def both(queued: Queued, sluice: Sluice, log_in: LogIn) -> tuple[Tenant, ...]:
    marks = {"north": "Nordlichtwarte", "south": "Zanzibarquelle"}
    for name, mark in marks.items():
        queued(f"{mark} GmbH", "Zwilling GmbH", client=name)
    return tuple(_tenant(sluice, log_in, name, mark) for name, mark in marks.items())


def _tenant(sluice: Sluice, log_in: LogIn, name: str, mark: str) -> Tenant:
    admin = f"admin-{name}"
    browser = log_in(admin, name, role="admin")
    scopes = [part for one in SCOPES for part in ("--scope", one)]
    named = ("token", "add", f"all-{name}", "--user", admin, *scopes, "--as", "boss", "--json")
    return Tenant(name, admin, mark, Program(browser.at, sluice(*named).json["token"]), browser)


def test_nothing_of_one_client_is_shown_to_the_other(
    both: tuple[Tenant, ...], sluice: Sluice
) -> None:
    Agency.both, Agency.run = both, staticmethod(sluice)
    wanted = settings(
        max_examples=3,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Agency, settings=wanted)

    # After all of it, everything that can be read is read by both.
    machine = Agency()
    for who in both:
        for path in READS:
            machine._check(who, path, who.program.get(path).body.decode())
        for path in PAGES:
            machine._check(who, path, who.browser.get(path).html)
        assert who.mark in who.program.get("/companies?campaign=all").body.decode()
