"""The columns of each table, with their Python types, keys and defaults.

One file per family, as in `leads.tables`; a test compares the two.
"""
