"""How users prove who they are on the pages: passwords, one-time links and sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
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
    #: The network that the login came from.
    network: str = Field(default="", sa_column_kwargs={"server_default": ""})
    #: How the user logged in: `password`, `link`, `sso`, with `+code` after a second factor.
    how: str = Field(default="password", sa_column_kwargs={"server_default": "password"})
    #: What the user must still show: `code`, or `enrol` a second factor; empty: nothing.
    needs: str = Field(default="", sa_column_kwargs={"server_default": ""})
    #: When the cookie was made; None: when the session began.
    token_at: datetime | None = None
    #: When another cookie took the place of this one.
    replaced_at: datetime | None = None


class SecondFactor(SQLModel, table=True):
    """An app of a user that shows codes; its secret follows from the key of the installation."""

    __tablename__ = "second_factor"

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    #: What the secret is made from, with the key.
    nonce: str
    made_at: datetime
    #: When the first code was shown; None: the app is not set up yet.
    confirmed_at: datetime | None = None
    #: The time step of the last code that was taken: each counts once.
    last_step: int = 0


class RecoveryCode(SQLModel, table=True):
    """A code for who has lost the app, to be used once."""

    __tablename__ = "recovery_code"

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    #: SHA-256 of the code.
    code_hash: str = Field(primary_key=True)


class LoginIdentity(SQLModel, table=True):
    """A user as a provider of single sign-on knows the user."""

    __tablename__ = "login_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "email"),
        UniqueConstraint("issuer", "subject"),
    )

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    issuer: str
    #: The verified e-mail address of who may log in first, in lower case.
    email: str | None = None
    #: The provider's own id of the user: from then on it alone counts.
    subject: str | None = None
    linked_by: str
    linked_at: datetime
