"""Columns of facts that are kept in files, so that who asks about all companies need not read the database."""
