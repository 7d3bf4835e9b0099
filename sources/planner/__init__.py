"""Decide what to ask next, and what it may cost."""
