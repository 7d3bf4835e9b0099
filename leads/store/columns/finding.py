"""The columns of what was found of companies' sites."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class SiteFindingColumns(Columns):
    """Columns of `site_finding`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    company_id: Column[UUID]
    domain: Column[str | None]
    band: Column[str]
    odds: Column[float]
    reasons: Column[list[Any]]
    lacks: Column[list[str]]
    looked: Column[list[Any]]
    denied: Column[list[str]]
    fact_ids: Column[list[str]]
    basis: Column[str]
    said_by: Column[str | None]
    before: Column[dict[str, Any] | None]
    found_at: Column[datetime]
    again_at: Column[datetime | None]
    pages: Column[list[Any]]


class NameLookUpColumns(Columns):
    """Columns of `name_look_up`."""

    name: Column[str] = Column(primary_key=True)
    known: Column[str]
    hosts: Column[list[str]]
    looked_up_at: Column[datetime]
