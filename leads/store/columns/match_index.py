"""The columns of the key index of a client's records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class MatchBaseColumns(Columns):
    """Columns of `match_base`."""

    client_id: Column[UUID] = Column(primary_key=True)
    version: Column[UUID]
    rests_on: Column[list[str]]
    records: Column[int]
    bits: Column[int]
    corpus: Column[bytes]
    at: Column[datetime]


class MatchPartColumns(Columns):
    """Columns of `match_part`."""

    client_id: Column[UUID] = Column(primary_key=True)
    version: Column[UUID] = Column(primary_key=True)
    kind: Column[str] = Column(primary_key=True)
    at: Column[int] = Column(primary_key=True)
    body: Column[bytes]


class MatchKeyColumns(Columns):
    """Columns of `match_key`."""

    client_id: Column[UUID] = Column(primary_key=True)
    key: Column[int] = Column(BigInteger, primary_key=True)
    record_id: Column[UUID] = Column(primary_key=True)
    face: Column[int] = Column(BigInteger)
