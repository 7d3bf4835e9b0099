"""What the fields of requests may hold."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

#: PostgreSQL stores no NUL.
STORABLE = r"^[^\x00]*$"

_UNSTORED = re.compile("[\x00\ud800-\udfff]")

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

    @model_validator(mode="before")
    @classmethod
    def _check(cls, sent: Any) -> Any:
        """No text of it, however deep, holds what no database stores."""
        if _unstorable(sent):
            raise ValueError("a text holds a NUL character, or half of a character")
        return sent


def _unstorable(sent: Any) -> bool:
    if isinstance(sent, str):
        return _UNSTORED.search(sent) is not None
    if isinstance(sent, dict):
        return any(_unstorable(one) for pair in sent.items() for one in pair)
    return isinstance(sent, list) and any(_unstorable(one) for one in sent)
