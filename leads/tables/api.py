"""Tokens of the API, and the answers that it repeats."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ApiToken(SQLModel, table=True):
    """A token with which a program acts as a user; a revoked one is deleted."""

    __tablename__ = "api_token"
    __table_args__ = (Index("api_token_of_user", "user_id"),)

    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    #: SHA-256 of the whole token.
    token_hash: str = Field(unique=True)
    user_id: UUID = Field(foreign_key="app_user.id")
    #: None: every client of the user.
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    #: Divided by blanks.
    scopes: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None


class ApiAnswer(SQLModel, table=True):
    """What a request with an idempotency key was answered."""

    __tablename__ = "api_answer"
    __table_args__ = (Index("api_answer_began", "began_at"),)

    token_id: UUID = Field(primary_key=True, foreign_key="api_token.id")
    key: str = Field(primary_key=True)
    #: SHA-256 of the method, the address and the body.
    request_hash: str
    began_at: datetime
    #: None: the request is still being answered.
    status: int | None = None
    content_type: str = ""
    body: bytes = b""
