"""Linked companies counted as one."""
