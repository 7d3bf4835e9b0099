"""Columns of facts in files, for who asks about all companies of a client."""
