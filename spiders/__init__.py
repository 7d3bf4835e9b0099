"""Fetch pages politely, within bounds and safely; extract nothing."""
