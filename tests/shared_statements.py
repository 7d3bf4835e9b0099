"""Let the engines of all tests share the statements that SQLAlchemy has written: each test opens
databases of its own, and would have each statement written again.

Engines of one kind must be made alike for this. Commands that tests start as processes share nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect

#: What SQLAlchemy makes an engine with.
Create = Callable[..., Engine]


def sharing(create: Create) -> Create:
    """Return `create`, whose engines of one kind have one dialect, and all one cache."""
    dialects: dict[str, Dialect] = {}
    written: dict[Any, Any] = {}

    def create_sharing(*address: Any, **given: Any) -> Engine:
        engine = create(*address, **given)
        shared = dialects.setdefault(engine.dialect.name, engine.dialect)
        # A dialect learns of its server with the first connection.
        if getattr(shared, "server_version_info", None):
            engine.dialect = shared
            engine.update_execution_options(compiled_cache=written)
        return engine

    return create_sharing
