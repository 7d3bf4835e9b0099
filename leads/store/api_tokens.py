"""Tokens of the API, stored as hashes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.schema import api_answer, api_token, app_user, client


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """One token as stored."""

    id: UUID
    name: str
    user_id: UUID
    user: str
    client_id: UUID | None
    client: str | None
    scopes: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token to be stored."""

    name: str
    token_hash: str
    user_id: UUID
    client_id: UUID | None
    scopes: str
    made_by: str
    ends_at: datetime


def add(tx: Tx, token: NewToken) -> UUID:
    """Store a token; its id."""
    made = new_id()
    values = {name: getattr(token, name) for name in NewToken.__slots__}
    tx.execute(insert(api_token).values(id=made, made_at=now(), **values))
    return made


def every(tx: Tx) -> list[TokenRow]:
    """List the tokens by name."""
    return _rows(tx)


def named(tx: Tx, name: str) -> TokenRow | None:
    """The token of that name."""
    return next(iter(_rows(tx, api_token.c.name == name)), None)


def of_hash(tx: Tx, token_hash: str) -> TokenRow | None:
    """The token with that hash, whether it is over or not."""
    return next(iter(_rows(tx, api_token.c.token_hash == token_hash)), None)


def see(tx: Tx, token_id: UUID) -> None:
    """Note that a token is in use."""
    tx.execute(update(api_token).where(api_token.c.id == token_id).values(used_at=now()))


def remove(tx: Tx, token_ids: Sequence[UUID]) -> None:
    """Delete tokens with the answers kept for them."""
    tx.execute(delete(api_answer).where(api_answer.c.token_id.in_(token_ids)))
    tx.execute(delete(api_token).where(api_token.c.id.in_(token_ids)))


def of_user(tx: Tx, user_id: UUID) -> list[TokenRow]:
    """The tokens that act as a user."""
    return _rows(tx, api_token.c.user_id == user_id)


def _rows(tx: Tx, *which: ColumnElement[bool]) -> list[TokenRow]:
    own = ("id", "name", "user_id", "client_id", "scopes", "made_by", "made_at", "ends_at")
    columns = [api_token.c[name] for name in (*own, "used_at")]
    wanted = (
        select(*columns, app_user.c.name.label("user"), client.c.name.label("client"))
        .join(app_user, app_user.c.id == api_token.c.user_id)
        .outerjoin(client, client.c.id == api_token.c.client_id)
        .where(*which)
        .order_by(api_token.c.name)
    )
    return [TokenRow(**row) for row in tx.execute(wanted).mappings()]
