"""Paid providers that a YAML file describes."""
