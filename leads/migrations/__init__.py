"""The database's history, one step a file, run by Alembic."""

#: The step this code was written for.
HEAD = "0075"
