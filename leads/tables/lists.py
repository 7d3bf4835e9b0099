"""Raw lists, their imports, and the records they hold."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_where, json_field, owned


class RawList(SQLModel, table=True):
    """One raw list of one client, with its role, vendor, cost and date."""

    __tablename__ = "list"
    __table_args__ = (UniqueConstraint("client_id", "id"), UniqueConstraint("client_id", "name"))

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    name: str
    role: str = "prospects"
    vendor: str | None = None
    cost_minor: int | None = Field(default=None, sa_type=BigInteger)
    cost_currency: str | None = None
    as_of: date | None = None
    shareable: bool = False
    created_at: datetime


class Import(SQLModel, table=True):
    """One reading of one file into a list: what came of each row, and how the columns were
    understood.
    """

    __tablename__ = "import"
    __table_args__ = (UniqueConstraint("client_id", "id"), owned("list_id", "list"))

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    list_id: UUID = Field(index=True)
    file_name: str
    file_sha256: str
    counts: dict[str, Any] = json_field()
    columns: dict[str, Any] = json_field()
    at: datetime
    undone_at: datetime | None = None


class Record(SQLModel, table=True):
    """One row of one list as received, personal columns excepted."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("list_id", "list"),
        owned("import_id", "import"),
        owned("company_id", "company"),
        # What counts stands in its list once, whoever imports at the same time.
        Index(
            "record_live_content",
            "list_id",
            "content_hash",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("record_of_company", "company_id"),
        index_where(
            "record_unplaced", "client_id", "id", where="company_id IS NULL AND ended_at IS NULL"
        ),
        index_where(
            "record_unnoticed", "client_id", "id", where="ended_at IS NOT NULL AND NOT end_noticed"
        ),
        Index(
            "record_name",
            "client_id",
            text("lower(name)"),
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    list_id: UUID
    import_id: UUID = Field(index=True)
    row: int
    line: int
    #: What tells this row from others of its list: the list's own id, or name and domain.
    row_key: str
    content_hash: str
    #: What tells this company from others, whatever the list: people's decisions hang on it.
    match_key: str = Field(index=True)
    name: str
    #: What the row says its company is to the client; None: the role of its list.
    role: str | None = None
    #: The cells, by the place of their column in the import; in rows of old, by its name.
    raw: Any = json_field()
    #: Kept when the record ends: a row that says the same later is that company again.
    company_id: UUID | None = None
    #: Set when a later import replaced or withdrew the row, or its own import was undone.
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    #: Whether the company's records were looked at since the end.
    end_noticed: bool = False


class ColumnMap(SQLModel, table=True):
    """How a header was understood the last time a person confirmed it."""

    __tablename__ = "column_map"
    __table_args__ = (UniqueConstraint("client_id", "fingerprint"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    fingerprint: str
    columns: dict[str, Any] = json_field()
    at: datetime
