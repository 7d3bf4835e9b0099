"""What the crawl brought home: kept once per content, with the outcome of each visit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field


class PageBody(SQLModel, table=True):
    """One page's bytes, compressed, stored once however often they are met."""

    __tablename__ = "page_body"

    content_hash: str = Field(primary_key=True)
    body: bytes
    size: int


class Crawl(SQLModel, table=True):
    """One visit to one site: what came of it."""

    __table_args__ = (Index("crawl_of_site", "site", "started_at"),)

    id: UUID = Field(primary_key=True)
    site: str
    outcome: str
    reason: str = ""
    final_site: str | None = None
    pages: int = 0
    bytes: int = 0
    robots: str = ""
    started_at: datetime
    seconds: float


class Page(SQLModel, table=True):
    """One page of one visit."""

    id: UUID = Field(primary_key=True)
    crawl_id: UUID = Field(foreign_key="crawl.id", index=True)
    site: str = Field(index=True)
    url: str
    kind: str
    status: int
    headers: list[Any] = json_field()
    content_hash: str = Field(foreign_key="page_body.content_hash")
    fetched_at: datetime
