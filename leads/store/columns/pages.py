"""The columns of visits and their pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class PageBodyColumns(Columns):
    """Columns of `page_body`."""

    content_hash: Column[str] = Column(primary_key=True)
    body: Column[bytes]
    size: Column[int]
    packed: Column[int] = Column(default=0)


class CrawlColumns(Columns):
    """Columns of `crawl`."""

    id: Column[UUID] = Column(primary_key=True)
    site: Column[str]
    outcome: Column[str]
    reason: Column[str] = Column(default="")
    final_site: Column[str | None]
    pages: Column[int] = Column(default=0)
    unchanged: Column[int] = Column(default=0)
    bytes: Column[int] = Column(default=0)
    robots: Column[str] = Column(default="")
    started_at: Column[datetime]
    seconds: Column[float]
    not_before: Column[datetime | None]


class PageColumns(Columns):
    """Columns of `page`."""

    id: Column[UUID] = Column(primary_key=True)
    crawl_id: Column[UUID]
    site: Column[str]
    url: Column[str]
    kind: Column[str]
    status: Column[int]
    headers: Column[list[Any]]
    content_hash: Column[str]
    fetched_at: Column[datetime]
    received_at: Column[datetime]
    seen_at: Column[datetime]
    replaced_at: Column[datetime | None]
    place: Column[int] = Column(default=0)
    reading: Column[bytes | None]
    rules: Column[str | None]
    robots: Column[str] = Column(default="")
    why: Column[str] = Column(default="")
    rendering: Column[str] = Column(default="")


class SiteColumns(Columns):
    """Columns of `site`."""

    site: Column[str] = Column(primary_key=True)
    last_at: Column[datetime]
    outcome: Column[str]
    reason: Column[str] = Column(default="")
    answered_at: Column[datetime | None]
    failed: Column[int] = Column(default=0)
    failing_since: Column[datetime | None]
    refused: Column[int] = Column(default=0)
    dead_at: Column[datetime | None]
    age_days: Column[int | None]
    age_at: Column[datetime | None]
    due_at: Column[datetime]


class OptedOutHostColumns(Columns):
    """Columns of `opted_out_host`."""

    host: Column[str] = Column(primary_key=True)
    reason: Column[str] = Column(default="")
    who: Column[str]
    added_at: Column[datetime]
