"""Log lines on stderr, as text or JSON, without secrets."""

from __future__ import annotations

import sys
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from leads.masking import mask
from workers.context import Log

_SECRET_NAMES = ("password", "secret", "token", "authorization", "cookie", "api_key", "hash_key")


def redact(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor that masks secrets and e-mail addresses at every level of a line."""
    return {name: "***" if _is_secret(name) else _masked(value) for name, value in line.items()}


def _is_secret(name: object) -> bool:
    return any(word in str(name).lower().replace("-", "_") for word in _SECRET_NAMES)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {name: "***" if _is_secret(name) else _masked(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(one) for one in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return mask(str(value))


def logger(*, as_json: bool) -> Log:
    """A function for `Context.log`: it writes one line for each event, with its time."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["at", "event"])
    )
    bound = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            redact,
            renderer,
        ],
    )

    def log(event: str, **about: Any) -> None:
        bound.info(
            event, **{name: value for name, value in about.items() if value not in (None, "")}
        )

    return log


def supervisor_log(log: Log) -> Callable[[str], None]:
    """A function that logs the messages of a supervisor."""

    def notify(text: str) -> None:
        log("supervisor", says=text)

    return notify
