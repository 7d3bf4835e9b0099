"""How users prove who they are on the pages: passwords, one-time links and sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Password(SQLModel, table=True):
    """The password of a user, as an argon2 hash."""

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    argon2: str
    set_at: datetime


class LoginLink(SQLModel, table=True):
    """A link with which a user sets a password, once."""

    __tablename__ = "login_link"
    __table_args__ = (Index("login_link_of_user", "user_id"),)

    #: SHA-256 of what stands in the link.
    token_hash: str = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="app_user.id")
    made_by: str
    made_at: datetime
    ends_at: datetime


class WebSession(SQLModel, table=True):
    """A browser in which a user is logged in."""

    __tablename__ = "web_session"
    __table_args__ = (Index("web_session_of_user", "user_id"),)

    #: SHA-256 of what stands in the cookie.
    token_hash: str = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="app_user.id")
    #: What every form of this session sends back.
    form_key: str
    began_at: datetime
    seen_at: datetime
    #: What the browser calls itself.
    agent: str = ""
