"""The columns of models and chances."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class PredictionModelColumns(Columns):
    """Columns of `prediction_model`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    version: Column[int]
    content: Column[dict[str, Any]]
    by: Column[str]
    at: Column[datetime]
    used_at: Column[datetime | None]
    ended_at: Column[datetime | None]


class CompanyChanceColumns(Columns):
    """Columns of `company_chance`."""

    campaign_id: Column[UUID] = Column(primary_key=True)
    company_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    version: Column[int]
    chance: Column[float]
    place: Column[int]
    explores: Column[bool] = Column(default=False)
