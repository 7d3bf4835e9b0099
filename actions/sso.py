"""Single sign-on: the provider of the settings, and the users whom it may log in."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from actions import second_factor
from actions.actor import Right
from actions.session import Installation, Session
from actions.user_log import log_user
from actions.users import user_to_change
from actions.web_sessions import Browser, LoggedIn, begin
from leads.errors import NotAllowedError, ServiceDownError, UsageError
from leads.settings import Settings
from leads.store import Tx, login_identities, users, web_sessions
from leads.store.login_identities import IdentityRow

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class SignOn:
    """A provider, and how it knows this installation."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One login at the provider: what only this browser and this server know."""

    state: str
    nonce: str
    #: PKCE: who has the code needs this too.
    verifier: str
    back_to: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Who logged in, as the provider knows the user."""

    issuer: str
    subject: str
    #: In lower case; None: it has none, or has not checked that it is the user's.
    email: str | None
    #: Whether the user showed several factors there.
    is_multi_factor: bool


class Provider(Protocol):
    """Talks to the provider."""

    def address(self, attempt: Attempt) -> str:
        """Where the browser goes to log in."""

    def claims(self, attempt: Attempt, code: str) -> Claims:
        """Who logged in there, by the code that the browser brought back."""


def sign_on(settings: Settings) -> SignOn | None:
    """The provider of the settings; None without one. UsageError when they are not whole."""
    issuer = settings["oidc_issuer"]
    if not issuer:
        return None
    for name in ("oidc_client_id", "oidc_client_secret"):
        if not settings[name]:
            raise UsageError(f"oidc_issuer is set, and {name} is not", f"set SLUICE_{name.upper()}")
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise UsageError(f"oidc_issuer {issuer!r} is not an https address", "use https://…")
    return SignOn(
        issuer, settings["oidc_client_id"], settings["oidc_client_secret"], settings["oidc_name"]
    )


def provider(found: SignOn) -> Provider:
    """What talks to a provider; ServiceDownError when the extra is not installed."""
    try:
        module = import_module("actions.oidc")
    except ModuleNotFoundError as error:
        raise ServiceDownError(
            f"single sign-on needs the package {error.name}, which is not installed",
            "install it with `pip install 'sluice[oidc]'`, or leave oidc_issuer out",
        ) from None
    made: Provider = module.OidcProvider(found)
    return made


def log_in(installation: Installation, claims: Claims, browser: Browser) -> LoggedIn:
    """Log in the user whom an admin linked; nobody is added, and nobody gets rights.

    The first login by a verified e-mail address keeps the provider's own id, which alone counts
    from then on: an address may pass to somebody else.
    """
    with installation.store.write() as tx:
        found = _identity(tx, claims)
        user = users.find(tx, found.user) if found else None
        if found is None or user is None:
            raise NotAllowedError(
                "nobody here is linked with this login",
                "an admin links you with `sluice user sso NAME --email ADDRESS`",
            )
        needs = "" if claims.is_multi_factor else second_factor.needed(tx, user)
        if not needs:
            log_user(tx, found.user_id, "logged in", user.name)
        return begin(tx, user, browser, "sso", needs)


def link(session: Session, name: str, *, email: str | None, subject: str | None) -> IdentityRow:
    """Let a user log in by an e-mail address that the provider verified, or by the provider's id.

    Sessions that another identity began end.
    """
    found = _configured(session.settings)
    if (email is None) == (subject is None):
        raise UsageError("name one of the two: --email or --subject", "such as --email ADDRESS")
    address = email.strip().casefold() if email else None
    if address is not None and "@" not in address:
        raise UsageError(f"{email!r} is not an e-mail address", "such as ann@nordwind.example")
    with session.write(Right.ADMINISTER) as work:
        user = user_to_change(work, name)
        by, before = work.actor.name, login_identities.of_user(work.tx, user.id)
        done = login_identities.link(
            work.tx, user.id, found.issuer, email=address, subject=subject, by=by
        )
        if not done:
            raise NotAllowedError(
                "another user is linked with this login", "see `sluice user sso NAME`"
            )
        made = login_identities.of_user(work.tx, user.id)
        assert made is not None
        if before is None or subject is None or before.subject != subject:
            _end_sessions(work.tx, made.user_id)
        log_user(work.tx, made.user_id, "single sign-on linked", by, name)
        return made


def unlink(session: Session, name: str) -> bool:
    """Let a user log in by single sign-on no more, and end such sessions; False: the user did not."""
    with session.write(Right.ADMINISTER) as work:
        user = user_to_change(work, name)
        found = login_identities.of_user(work.tx, user.id)
        if found:
            login_identities.unlink(work.tx, user.id)
            _end_sessions(work.tx, user.id)
            log_user(work.tx, found.user_id, "single sign-on unlinked", work.actor.name, name)
        return found is not None


def of_user(session: Session, name: str) -> IdentityRow | None:
    """How a user logs in by single sign-on; None: not at all."""
    with session.read(Right.ADMINISTER) as work:
        return login_identities.of_user(work.tx, user_to_change(work, name).id)


def _end_sessions(tx: Tx, user_id: UUID) -> None:
    begun = [one for one in web_sessions.of_user(tx, user_id) if one.how.startswith("sso")]
    web_sessions.end(tx, [one.token_hash for one in begun])


def _identity(tx: Tx, claims: Claims) -> IdentityRow | None:
    found = login_identities.of_subject(tx, claims.issuer, claims.subject)
    if found is None and claims.email:
        found = login_identities.of_email(tx, claims.issuer, claims.email)
        if found and not login_identities.bind(tx, found.user_id, claims.subject):
            return None
    return found


def _configured(settings: Settings) -> SignOn:
    found = sign_on(settings)
    if found is None:
        raise UsageError("no single sign-on is set up", "set SLUICE_OIDC_ISSUER; see docs/pages.md")
    return found
