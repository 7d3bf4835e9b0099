"""Tell another program that background work is stuck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from workers.status_values import Stuck
from workers.webhook import post


def post_stuck(url: str, stuck: Sequence[Stuck]) -> None:
    """Post what is stuck to a public address: a text for people, and the list for programs."""
    text = "; ".join(f"{one.rows:,} {one.what}: {one.why}" for one in stuck)
    post(url, {"text": f"Sluice: {text}", "stuck": [asdict(one) for one in stuck]})
