"""The key index of a client's records: what a full comparison found, and the records since."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class MatchBase(SQLModel, table=True):
    """What the last full comparison of a client's records rests on and came to."""

    __tablename__ = "match_base"

    client_id: UUID = Field(primary_key=True, foreign_key="client.id")
    #: Which parts belong to it; others are left over from a comparison that did not end.
    version: UUID
    #: What it rests on besides records: strictness and people's decisions.
    rests_on: list[str] = json_field()
    records: int
    #: How many bits of a key tell its part.
    bits: int
    #: How often words and values occur, packed.
    corpus: bytes
    at: datetime


class MatchPart(SQLModel, table=True):
    """A part of the index, packed: keys with the companies that have them, or rows of companies."""

    __tablename__ = "match_part"

    client_id: UUID = Field(primary_key=True, foreign_key="client.id")
    version: UUID = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    at: int = Field(primary_key=True)
    body: bytes


class MatchKey(SQLModel, table=True):
    """A key of a record that came after the last full comparison."""

    __tablename__ = "match_key"
    __table_args__ = (
        owned("record_id", "record"),
        Index("match_key_of_record", "record_id"),
    )

    client_id: UUID = Field(primary_key=True, foreign_key="client.id")
    key: int = Field(primary_key=True, sa_type=BigInteger)
    record_id: UUID = Field(primary_key=True)
    #: A hash of all that the record states.
    face: int = Field(sa_type=BigInteger)
