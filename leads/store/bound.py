"""The parameters of statements that are made once.

To make a statement takes several times as long as to run it. None of these is named like a column:
an UPDATE would set that column.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam

CLIENT: BindParameter[UUID] = bindparam("of_client")
CAMPAIGN: BindParameter[UUID] = bindparam("of_campaign")
COMPANY: BindParameter[UUID] = bindparam("of_company")
COMPANIES: BindParameter[Any] = bindparam("of_companies", expanding=True)
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
