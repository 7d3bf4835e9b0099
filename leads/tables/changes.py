"""Which companies changed: what is kept of them elsewhere reads only these again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class CompanyChange(SQLModel, table=True):
    """Some companies of a client whose facts, records or identity changed; deleted after a while."""

    __tablename__ = "company_change"
    __table_args__ = (Index("company_change_place", "place"),)

    id: UUID = Field(primary_key=True)
    #: None: something was erased, which concerns every client.
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    #: Their ids, 16 bytes each; None: of all companies.
    companies: bytes | None = None
    #: Where the change stands in the order of the transactions: on SQLite a count, on PostgreSQL
    #: the number of its transaction.
    place: int = Field(sa_type=BigInteger)
    at: datetime
