"""Outcomes: what other tools report of companies, read from their files."""
