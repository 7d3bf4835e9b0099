"""Fetch pages politely, within limits and safely; extract nothing."""
