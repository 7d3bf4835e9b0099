"""Users of the demo who log in on its pages, one for each role."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import choice
from string import ascii_lowercase

from actions import logins, web_sessions
from actions.actor import Role
from actions.demo import CLIENT
from actions.own_defaults import NewDefaults, change_defaults
from actions.session import Installation
from actions.token_text import digest
from actions.users import add_user

#: The first is the admin, who adds the others.
_PEOPLE = {
    "boss": Role.ADMIN,
    "mia": Role.MANAGER,
    "ann": Role.SDR,
    "olaf": Role.OPERATOR,
}


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A user of the demo and the password; each demo has another."""

    user: str
    role: Role
    password: str


def add_logins(installation: Installation) -> list[DemoLogin]:
    """Add a user for each role to a demo that has no users, all with one password."""
    password = "-".join("".join(choice(ascii_lowercase) for _ in range(4)) for _ in range(4))
    for name, role in _PEOPLE.items():
        _add(installation, name, role, password)
    return [DemoLogin(name, role, password) for name, role in _PEOPLE.items()]


def _add(installation: Installation, name: str, role: Role, password: str) -> None:
    boss = installation.session(next(iter(_PEOPLE)))
    add_user(boss, name, role)
    link = logins.make_link(boss, name)
    browser = web_sessions.Browser("sluice demo")
    done = logins.set_password(installation.store, link.token, password, browser)
    web_sessions.log_out(installation.store, digest(done.cookie))
    change_defaults(installation.session(name), NewDefaults(client=CLIENT))
