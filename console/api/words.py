"""What the fields of requests may hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: PostgreSQL stores no NUL.
STORABLE = r"^[^\x00]*$"

#: A name or a few words, a longer text, and the words of a query.
Word = Annotated[str, StringConstraints(pattern=STORABLE, max_length=500)]
Text = Annotated[str, StringConstraints(pattern=STORABLE, max_length=10_000)]
Asked = Annotated[str, Query(pattern=STORABLE, max_length=500)]
#: A name in an address.
Named = Annotated[str, Path(pattern=STORABLE, max_length=500)]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
#: A whole number that every database can store.
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Body(BaseModel):
    """The JSON body of a request; a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
