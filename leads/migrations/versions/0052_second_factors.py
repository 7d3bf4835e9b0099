"""Second factors, single sign-on, and what sessions show of themselves."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.add_column("app_user", sa.Column("rights_at", UTCDateTime(), nullable=True))
    for name, default in (("network", ""), ("how", "password"), ("needs", "")):
        op.add_column(
            "web_session", sa.Column(name, sa.String(), nullable=False, server_default=default)
        )
    for name in ("token_at", "replaced_at"):
        op.add_column("web_session", sa.Column(name, UTCDateTime(), nullable=True))
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"]),
        sa.PrimaryKeyConstraint("user_id", "code_hash"),
    )
    op.create_table(
        "login_identity",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("linked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
        sa.UniqueConstraint("issuer", "email"),
        sa.UniqueConstraint("issuer", "subject"),
    )
