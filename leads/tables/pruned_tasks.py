"""The number of done tasks that the ledger no longer holds."""

from datetime import date

from sqlmodel import Field, SQLModel


class PrunedTasks(SQLModel, table=True):
    """How many tasks of a kind were done on a day and are deleted by now."""

    __tablename__ = "pruned_tasks"

    kind: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    tasks: int
