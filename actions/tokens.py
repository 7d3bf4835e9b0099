"""Tokens with which programs use the API as a user: add, list, revoke and recognise them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from actions.actor import Right
from actions.lifetimes import lifetime
from actions.scopes import checked_scopes
from actions.session import Session, Transaction
from actions.token_text import digest, is_token, new_text
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import Store, api_tokens, events, users
from leads.store.api_tokens import NewToken, TokenRow

__all__ = ["AddedToken", "Bearer", "TokenRow", "add_token", "bearer", "list_tokens", "revoke_token"]

#: How much later than noted a token may have been used: each request would write otherwise.
_SEEN_EVERY = timedelta(minutes=1)
_NAME = 80


@dataclass(frozen=True, slots=True)
class AddedToken:
    """A new token; its text is shown this once."""

    name: str
    token: str
    user: str
    client: str | None
    scopes: Sequence[str]
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who sends a request with a token, and what for."""

    token_id: UUID
    user: str
    scopes: frozenset[str]
    #: None: every client of the user.
    client_id: UUID | None
    client: str | None


def add_token(
    session: Session,
    name: str,
    *,
    user: str | None,
    scopes: Sequence[str],
    expires: str,
    client: str | None = None,
) -> AddedToken:
    """Add a token that acts as a user; None: as the actor."""
    wanted, ends_at = checked_scopes(scopes), now() + lifetime(expires, "a token")
    if not name.strip() or len(name) > _NAME or not name.isprintable():
        raise UsageError(f"{name!r} cannot name a token", f"use 1 to {_NAME} printable characters")

    with session.write(Right.ENTER) as work:
        owner = _owner(work, user)
        if api_tokens.named(work.tx, name):
            raise NotAllowedError(
                f"there is a token {name!r} already", f"`sluice token revoke {name}` ends it"
            )
        client_id = work.client(client) if client else None
        if client_id and owner.clients is not None and client_id not in owner.clients:
            raise NotAllowedError(
                f"{owner.name} does not work for the client {client!r}", "name one of its clients"
            )
        text = new_text()
        made = NewToken(
            name=name,
            token_hash=digest(text),
            user_id=owner.id,
            client_id=client_id,
            scopes=" ".join(wanted),
            made_by=work.actor.name,
            ends_at=ends_at,
        )
        token_id = api_tokens.add(work.tx, made)
        _log(work, "token created", token_id, f"{name}: {', '.join(wanted)} as {owner.name}")
    return AddedToken(name, text, owner.name, client, wanted, ends_at)


def list_tokens(session: Session) -> list[TokenRow]:
    """List the actor's own tokens by name; an admin of every client sees all."""
    with session.read(Right.ENTER) as work:
        return [one for one in api_tokens.every(work.tx) if _may_end(work, one)]


def revoke_token(session: Session, name: str) -> TokenRow:
    """End a token at once."""
    with session.write(Right.ENTER) as work:
        found = api_tokens.named(work.tx, name)
        if found is None or not _may_end(work, found):
            raise NotFoundError(f"there is no token {name!r}", "see `sluice token list`")
        api_tokens.remove(work.tx, [found.id])
        _log(work, "token revoked", found.id, f"{name} of {found.user}")
    return found


def bearer(store: Store, text: str) -> Bearer | None:
    """The user of a token; None when the token is unknown or over."""
    if not is_token(text):
        return None
    with store.read() as tx:
        found = api_tokens.of_hash(tx, digest(text))
    at = now()
    if found is None or found.ends_at <= at:
        return None
    if found.used_at is None or at - found.used_at > _SEEN_EVERY:
        with store.write() as tx:
            api_tokens.see(tx, found.id)
    scopes = frozenset(found.scopes.split())
    return Bearer(found.id, found.user, scopes, found.client_id, found.client)


def _owner(work: Transaction, user: str | None) -> users.UserRow:
    name = user or work.actor.name
    found = users.find(work.tx, name)
    if found is None:
        raise NotFoundError(
            f"there is no user {name!r}", "add it with `sluice user add`; a token acts as a user"
        )
    if name != work.actor.name:
        _check_admin(work)
    return found


def _check_admin(work: Transaction) -> None:
    if not work.actor.may(Right.ADMINISTER):
        raise NotAllowedError(
            f"{work.actor.name} may not make tokens that act as others", "ask an admin"
        )
    work.check_every_client()


def _may_end(work: Transaction, token: TokenRow) -> bool:
    is_admin = work.actor.may(Right.ADMINISTER) and work.actor.clients is None
    return is_admin or token.user == work.actor.name


def _log(work: Transaction, verb: str, token_id: UUID, reason: str) -> None:
    line = events.Happened(
        verb=verb, thing="token", thing_id=token_id, who=work.actor.name, reason=reason
    )
    events.log(work.tx, [line])
