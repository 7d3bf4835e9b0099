"""The only place that knows SQL: one file per family of rows, each function takes an open
transaction.
"""

from leads.store.engine import Store, Tx

__all__ = ["Store", "Tx"]
