"""Log users in on the pages: one-time links, passwords and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from actions.actor import Right, Role
from actions.passwords import check_password, hashed, matches
from actions.session import Installation, Session
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Store, Tx, events, logins, users
from leads.store.logins import SessionRow
from leads.store.scope import UNKNOWN
from leads.store.users import UserRow

#: How long a link may be used, and how long a session lasts unused and at most.
LINK_LASTS = timedelta(days=3)
_IDLE, _LONGEST = timedelta(hours=12), timedelta(days=7)
#: How much later than noted a session may have been used: each page would write otherwise.
_SEEN_EVERY = timedelta(minutes=1)
#: Characters kept of what a browser calls itself.
_AGENT = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link of a user, and until when it may be used."""

    user: str
    token: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """A user who is logged in, and what forms of that session send back."""

    user: str
    form_key: str
    #: The hash of the cookie.
    token_hash: str


def make_link(session: Session, name: str) -> Link:
    """Make a link with which a user sets a password; earlier links of the user end."""
    with session.write(Right.ADMINISTER) as work:
        work.check_every_client()
        found = users.find(work.tx, name)
        if found is None:
            raise NotFoundError(f"there is no user {name!r}", "add it with `sluice user add`")
        token, ends_at = token_urlsafe(32), now() + LINK_LASTS
        logins.add_link(work.tx, _digest(token), found.id, work.actor.name, ends_at)
        _log(work.tx, found, "login link made", work.actor.name)
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
        return logins.user_of_link(tx, _digest(token))


def set_password(store: Store, token: str, password: str, agent: str) -> str:
    """Set the password of a link's user, who is logged out everywhere and in here; the cookie."""
    user = user_of_link(store, token)
    if user is None:
        raise _no_link()
    check_password(password, user)
    argon2 = hashed(password)
    with store.bound(UNKNOWN).write() as tx:
        found = users.find(tx, user)
        if found is None or not logins.use_link(tx, _digest(token)):
            raise _no_link()
        logins.set_password(tx, found.id, argon2)
        logins.end_all(tx, found.id)
        _log(tx, found, "password set", user)
        return _begin(tx, found, agent)


def log_in(store: Store, user: str, password: str, agent: str) -> str:
    """Log a user in; the cookie. NotAllowedError does not say which of the two is wrong."""
    with store.bound(UNKNOWN).read() as tx:
        found = users.find(tx, user)
        known = logins.password_hash(tx, found.id) if found else None
    if not matches(password, known) or found is None:
        raise NotAllowedError(
            "the name or the password is wrong",
            "an admin makes a new link with `sluice user link NAME`",
        )
    with store.bound(UNKNOWN).write() as tx:
        if logins.password_hash(tx, found.id) != known:
            raise NotAllowedError("the password was changed just now", "log in again")
        _log(tx, found, "logged in", user)
        return _begin(tx, found, agent)


def visitor(store: Store, cookie: str, *, is_use: bool = True) -> Visitor | None:
    """The user of a cookie; None when nobody is logged in with it any more.

    What a page does by itself is no use: an unattended page would stay logged in.
    """
    with store.bound(UNKNOWN).read() as tx:
        found = logins.session(tx, _digest(cookie))
    if found is None or not goes_on(found):
        return None
    if is_use and now() - found.seen_at > _SEEN_EVERY:
        with store.bound(UNKNOWN).write() as tx:
            logins.see(tx, found.token_hash)
    return Visitor(found.user, found.form_key, found.token_hash)


def goes_on(row: SessionRow) -> bool:
    """Whether a session may still be used: it was used lately, and began within a week."""
    at = now()
    return at - row.seen_at <= _IDLE and at - row.began_at <= _LONGEST


def log_out(store: Store, cookie: str) -> None:
    """End the session of a cookie."""
    with store.bound(UNKNOWN).write() as tx:
        logins.end(tx, _digest(cookie))


def _begin(tx: Tx, user: UserRow, agent: str) -> str:
    cookie = token_urlsafe(32)
    logins.begin(tx, _digest(cookie), user.id, token_urlsafe(32), agent[:_AGENT])
    return cookie


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _no_link() -> NotAllowedError:
    return NotAllowedError(
        "this link was used already, or is too old",
        "an admin makes a new one with `sluice user link NAME`",
    )


def _log(tx: Tx, user: UserRow, verb: str, who: str) -> None:
    events.log(tx, [events.Happened(verb=verb, thing="user", thing_id=user.id, who=who)])
