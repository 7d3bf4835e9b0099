"""Compare a column with thousands of texts, sent as one value: each one as a value of its own costs
more than to look it up.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, String, any_, func, literal, select

from leads.store.engine import Tx


def is_among(tx: Tx, column: ColumnElement[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of texts holds one of these."""
    if tx.dialect.name == "sqlite":
        listed = func.json_each(literal(json.dumps(list(texts)), String)).table_valued("value")
        return column.in_(select(listed.c.value))

    from sqlalchemy.dialects.postgresql import ARRAY

    return column == any_(literal(list(texts), ARRAY(String)))
