"""What was learned from past outcomes, and the chances of companies that follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class PredictionModel(SQLModel, table=True):
    """One model of one campaign; its weights are never changed."""

    __tablename__ = "prediction_model"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        owned("campaign_id", "campaign"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    version: int
    #: Its weights by column and text, and how it did on later outcomes.
    content: dict[str, Any] = json_field()
    by: str
    at: datetime
    #: When it was put in force; None: never.
    used_at: datetime | None = None
    #: When another one, or none, took its place.
    ended_at: datetime | None = None


class CompanyChance(SQLModel, table=True):
    """The chance of one company by the model in force, and its place within its cell of the grid."""

    __tablename__ = "company_chance"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        CheckConstraint("place BETWEEN 0 AND 10000", name="company_chance_place"),
    )

    campaign_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(primary_key=True, index=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: Of the model.
    version: int
    chance: float
    #: Smaller comes first.
    place: int
    #: Whether its place is drawn by lot, so that the model is tried on all kinds of companies.
    explores: bool = False
