"""The columns of visits and their pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class PageBodyColumns(Columns):
    """Columns of `page_body`."""

    content_hash: Column[str]
    body: Column[bytes]
    size: Column[int]


class CrawlColumns(Columns):
    """Columns of `crawl`."""

    id: Column[UUID]
    site: Column[str]
    outcome: Column[str]
    reason: Column[str]
    final_site: Column[str | None]
    pages: Column[int]
    bytes: Column[int]
    robots: Column[str]
    started_at: Column[datetime]
    seconds: Column[float]


class PageColumns(Columns):
    """Columns of `page`."""

    id: Column[UUID]
    crawl_id: Column[UUID]
    site: Column[str]
    url: Column[str]
    kind: Column[str]
    status: Column[int]
    headers: Column[list[Any]]
    content_hash: Column[str]
    fetched_at: Column[datetime]
