"""Log users in on the pages: one-time links, passwords and second factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from actions import second_factor
from actions.actor import Right, Role
from actions.passwords import check_password, hashed, matches
from actions.session import Installation, Session
from actions.token_text import digest
from actions.user_log import log_user
from actions.web_sessions import Browser, LoggedIn, Visitor, begin
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Store, Tx, logins, users, web_sessions
from leads.store.scope import UNKNOWN
from leads.store.users import UserRow

#: How long a link may be used.
LINK_LASTS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link of a user, and until when it may be used."""

    user: str
    token: str
    ends_at: datetime


def make_link(session: Session, name: str) -> Link:
    """Make a link with which a user sets a password; earlier links of the user end."""
    with session.write(Right.ADMINISTER) as work:
        work.check_every_client()
        found = users.find(work.tx, name)
        if found is None:
            raise NotFoundError(f"there is no user {name!r}", "add it with `sluice user add`")
        token, ends_at = token_urlsafe(32), now() + LINK_LASTS
        logins.add_link(work.tx, digest(token), found.id, work.actor.name, ends_at)
        log_user(work.tx, found.id, "login link made", work.actor.name)
    return Link(name, token, ends_at)


def check_served_to_others(installation: Installation) -> None:
    """NotAllowedError unless an admin has a password: until then everybody may do everything."""
    with installation.store.bound(UNKNOWN).read() as tx:
        admins = [one for one in users.every(tx) if one.role == Role.ADMIN]
        if not any(logins.password_hash(tx, one.id) for one in admins):
            raise NotAllowedError(
                "no admin has a password, so anybody could do anything",
                "`sluice user add NAME --role admin`, then `sluice user link NAME`",
            )


def user_of_link(store: Store, token: str) -> str | None:
    """The user whose password a link sets; None when it is used up, over or unknown."""
    with store.bound(UNKNOWN).read() as tx:
        return logins.user_of_link(tx, digest(token))


def set_password(store: Store, token: str, password: str, browser: Browser) -> LoggedIn:
    """Set the password of a link's user, who is logged out everywhere and in here."""
    user = user_of_link(store, token)
    if user is None:
        raise _no_link()
    check_password(password, user)
    argon2 = hashed(password)
    with store.bound(UNKNOWN).write() as tx:
        found = users.find(tx, user)
        if found is None or not logins.use_link(tx, digest(token)):
            raise _no_link()
        logins.set_password(tx, found.id, argon2)
        web_sessions.end_all(tx, found.id)
        log_user(tx, found.id, "password set", user)
        return begin(tx, found, browser, "link", second_factor.needed(tx, found))


def change_password(store: Store, visitor: Visitor, old: str, new: str) -> int:
    """Change the password of who is logged in, who is logged out everywhere else; from how many
    browsers.
    """
    found, known = check_own_password(store, visitor.user, old)
    check_password(new, visitor.user)
    argon2 = hashed(new)
    with store.bound(UNKNOWN).write() as tx:
        _check_unchanged(tx, found, known)
        logins.set_password(tx, found.id, argon2)
        log_user(tx, found.id, "password set", found.name)
        return web_sessions.end_all(tx, found.id, but=visitor.token_hash)


def check_own_password(store: Store, user: str, password: str) -> tuple[UserRow, str | None]:
    """The user and the password's hash; NotAllowedError when the password is wrong."""
    found, known = _known(store, user)
    if found is None or not matches(password, known):
        raise NotAllowedError("your password is wrong", "type it again")
    return found, known


def has_password(store: Store, user: str) -> bool:
    """Whether a user has a password."""
    return _known(store, user)[1] is not None


def log_in(store: Store, user: str, password: str, browser: Browser) -> LoggedIn:
    """Log a user in, who may have to show a second factor. NotAllowedError does not say which of
    the two is wrong.
    """
    found, known = _known(store, user)
    if not matches(password, known) or found is None:
        raise NotAllowedError(
            "the name or the password is wrong",
            "an admin makes a new link with `sluice user link NAME`",
        )
    with store.bound(UNKNOWN).write() as tx:
        _check_unchanged(tx, found, known)
        needs = second_factor.needed(tx, found)
        if not needs:
            log_user(tx, found.id, "logged in", user)
        return begin(tx, found, browser, "password", needs)


def show_code(installation: Installation, half: Visitor, code: str, browser: Browser) -> LoggedIn:
    """Log in who showed a password, by a code of the second factor."""
    second_factor.check(installation, half.user, code)
    return _whole(installation.store, half, browser)


def enrol(
    installation: Installation, half: Visitor, code: str, browser: Browser
) -> tuple[LoggedIn, Sequence[str]]:
    """Log in who showed a password and set up a second factor now; its recovery codes."""
    codes = second_factor.confirm(installation, half.user, code)
    return _whole(installation.store, half, browser), codes


def _whole(store: Store, half: Visitor, browser: Browser) -> LoggedIn:
    """A whole session in place of one that lacked something, with another cookie."""
    with store.bound(UNKNOWN).write() as tx:
        row, found = web_sessions.find(tx, half.token_hash), users.find(tx, half.user)
        if row is None or found is None:
            raise NotAllowedError("this login took too long", "log in again")
        web_sessions.end(tx, [half.token_hash])
        log_user(tx, found.id, "logged in", found.name)
        return begin(tx, found, browser, f"{row.how}+code")


def _known(store: Store, user: str) -> tuple[UserRow | None, str | None]:
    with store.bound(UNKNOWN).read() as tx:
        found = users.find(tx, user)
        return found, logins.password_hash(tx, found.id) if found else None


def _check_unchanged(tx: Tx, user: UserRow, known: str | None) -> None:
    if logins.password_hash(tx, user.id) != known:
        raise NotAllowedError("the password was changed just now", "log in again")


def _no_link() -> NotAllowedError:
    return NotAllowedError(
        "this link was used already, or is too old",
        "an admin makes a new one with `sluice user link NAME`",
    )
