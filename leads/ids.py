"""Identifiers: UUIDv7, so that ids sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new id, larger than every id this process made before."""
    return uuid7()
