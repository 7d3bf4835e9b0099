"""The columns of each table with their Python types, for the type checker alone.

One file per family, as in `leads.tables`; a test holds the two equal.
"""
