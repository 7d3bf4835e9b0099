"""How far pages count: `MOST` + 1 means more."""

from leads.store.counted import MOST

__all__ = ["MOST"]
