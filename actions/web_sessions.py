"""The browsers in which a user is logged in: begin, recognise, list and end sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from actions.actor import Right
from actions.device_words import device
from actions.session import Session
from actions.token_text import digest
from actions.user_log import log_user
from actions.users import own_or_changed
from leads.clock import now
from leads.errors import NotFoundError
from leads.store import Store, Tx, web_sessions
from leads.store.users import UserRow
from leads.store.web_sessions import NewSession, SessionRow

#: How long a session lasts unused, and at most.
IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
#: How long a user has for what must be shown after the password.
HALF = timedelta(minutes=10)
#: How long a replaced cookie still counts: a page may be loading with it.
_GRACE = timedelta(seconds=30)
#: How much later than noted a session may have been used: each page would write otherwise.
_SEEN_EVERY = timedelta(minutes=1)
#: Characters kept of what a browser calls itself, and of a session's hash as its id.
_AGENT, _ID = 200, 16


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser calls itself, and the network that it is in."""

    agent: str
    network: str = ""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A new session: its cookie, and what the user must still show (`code`, `enrol`, or nothing)."""

    cookie: str
    user: str
    needs: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A user who is logged in, and what forms of that session send back."""

    user: str
    form_key: str
    #: The hash of the cookie.
    token_hash: str
    how: str = ""
    #: What the user must still show; empty: nothing.
    needs: str = ""
    #: The cookie that takes the place of the one that was sent; empty: it stays.
    new_cookie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSession:
    """A browser in which a user is logged in."""

    id: str
    device: str
    network: str
    how: str
    began_at: datetime
    seen_at: datetime
    #: When it ends by itself, unless it is used.
    ends_at: datetime
    #: Whether the actor asks from it.
    is_this: bool


def begin(tx: Tx, user: UserRow, browser: Browser, how: str, needs: str = "") -> LoggedIn:
    """Log a user in, in one browser; sessions that are over are forgotten."""
    at = now()
    web_sessions.forget_ended(tx, user.id, at - LONGEST, at - IDLE, at - _GRACE)
    cookie = token_urlsafe(32)
    new = NewSession(
        token_hash=digest(cookie),
        user_id=user.id,
        form_key=token_urlsafe(32),
        agent=browser.agent[:_AGENT],
        network=browser.network,
        how=how,
        needs=needs,
    )
    web_sessions.begin(tx, new)
    return LoggedIn(cookie, user.name, needs)


def visitor(store: Store, cookie: str, *, is_use: bool = True) -> Visitor | None:
    """The user of a cookie; None when nobody is logged in with it any more.

    What a page does by itself is no use: an unattended page would stay logged in. After a change of
    the user's rights the session gets another cookie.
    """
    found = _session(store, cookie)
    if found is None or found.needs:
        return None
    if is_use and _is_outdated(found):
        new = token_urlsafe(32)
        with store.write() as tx:
            if web_sessions.replace(tx, found, digest(new)):
                return Visitor(found.user, found.form_key, digest(new), found.how, "", new)
    elif is_use and found.replaced_at is None and now() - found.seen_at > _SEEN_EVERY:
        with store.write() as tx:
            web_sessions.see(tx, found.token_hash)
    return _visitor(found)


def half_visitor(store: Store, cookie: str) -> Visitor | None:
    """The user of a cookie who must still show a second factor; None when there is none."""
    found = _session(store, cookie)
    return _visitor(found) if found and found.needs else None


def goes_on(row: SessionRow) -> bool:
    """Whether a session may still be used: it was used lately, and began within a week."""
    at = now()
    if row.needs:
        return at - row.began_at <= HALF
    if row.replaced_at is not None and at - row.replaced_at > _GRACE:
        return False
    return at - row.seen_at <= IDLE and at - row.began_at <= LONGEST


def log_out(store: Store, token_hash: str) -> None:
    """End the session of a cookie's hash, and what it replaced."""
    with store.write() as tx:
        found = web_sessions.find(tx, token_hash)
        if found:
            rows = web_sessions.of_user(tx, found.user_id)
            replaced = [one.token_hash for one in rows if one.replaced_at is not None]
            web_sessions.end(tx, [found.token_hash, *replaced])


def list_sessions(session: Session, name: str, this: str = "") -> list[WebSession]:
    """List the sessions of the actor, or of a user whom the actor administers; newest use first.

    `this` is the hash of the actor's own cookie.
    """
    with session.read(Right.ENTER) as work:
        user = own_or_changed(work, name)
        rows = web_sessions.of_user(work.tx, user.id)
        return [_shown(one, this) for one in rows if _is_listed(one)]


def end_sessions(
    session: Session, name: str, session_id: str | None = None, *, but: str = ""
) -> int:
    """Log a user out in one browser, or everywhere but in that of the hash `but`; how many ended."""
    with session.write(Right.ENTER) as work:
        user = own_or_changed(work, name)
        rows = [one for one in web_sessions.of_user(work.tx, user.id) if one.token_hash != but]
        wanted = [one for one in rows if session_id in (None, one.token_hash[:_ID])]
        if session_id is not None and not wanted:
            raise NotFoundError(
                f"{name} has no session {session_id!r}", f"see `sluice user sessions {name}`"
            )
        replaced = [one for one in rows if one.replaced_at is not None]
        web_sessions.end(work.tx, [one.token_hash for one in (*wanted, *replaced)])
        ended = sum(_is_listed(one) for one in wanted)
        reason = f"{name}: {'1 session' if ended == 1 else f'{ended} sessions'}"
        log_user(work.tx, user.id, "logged out", work.actor.name, reason)
    return ended


def _session(store: Store, cookie: str) -> SessionRow | None:
    with store.read() as tx:
        found = web_sessions.find(tx, digest(cookie))
    return found if found and goes_on(found) else None


def _visitor(row: SessionRow) -> Visitor:
    return Visitor(row.user, row.form_key, row.token_hash, row.how, row.needs)


def _is_outdated(row: SessionRow) -> bool:
    if row.replaced_at is not None or row.rights_at is None:
        return False
    return row.rights_at > (row.token_at or row.began_at)


def _is_listed(row: SessionRow) -> bool:
    return not row.needs and row.replaced_at is None and goes_on(row)


def _shown(row: SessionRow, this: str) -> WebSession:
    return WebSession(
        id=row.token_hash[:_ID],
        device=device(row.agent),
        network=row.network,
        how=row.how,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=min(row.began_at + LONGEST, row.seen_at + IDLE),
        is_this=row.token_hash == this,
    )
