"""What a field of a form or an address may hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Path, Query
from pydantic import StringConstraints

#: PostgreSQL stores no NUL.
_STORABLE = r"^[^\x00]*$"

Text = Annotated[str, Form(pattern=_STORABLE)]
Asked = Annotated[str, Query(pattern=_STORABLE)]
#: A part of the path.
Named = Annotated[str, Path(pattern=_STORABLE)]
#: Several fields of one name, such as ticks.
Texts = Annotated[list[Annotated[str, StringConstraints(pattern=_STORABLE)]] | None, Form()]
