"""Which companies changed: what is kept of them elsewhere reads only these again."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


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


class VerdictPass(SQLModel, table=True):
    """The last time that all companies of a campaign were to be decided; one row a campaign.

    While the profile and the program are the same, only what changed since is decided again.
    """

    __tablename__ = "verdict_pass"
    __table_args__ = (owned("campaign_id", "campaign"),)

    campaign_id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    icp_version_id: UUID
    #: The program and its reference data.
    made_by: str
    day: date
    #: The moment, as `leads/store/company_changes.py` tells it.
    place: str
    newest: UUID
