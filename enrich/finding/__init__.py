"""Decide which site is a company's own: candidates by name, evidence by page; pure."""
