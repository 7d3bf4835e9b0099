"""What the columns of every table have in common."""

from typing import TYPE_CHECKING

from sqlalchemy import TypedColumns


class Columns(TypedColumns):
    """Columns of one table: unlike SQLAlchemy's own class, it has no column of any other name."""

    if TYPE_CHECKING:
        __getattr__: None  # type: ignore[misc, assignment]
