"""Sign messages by the Standard Webhooks scheme (standardwebhooks.com), version 1."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

PREFIX = "whsec_"


def secret_of_webhook(installation: bytes, webhook_id: UUID) -> str:
    """The secret of a webhook, derived from the installation's secret: a stolen database has none."""
    key = hmac.digest(installation, f"webhook {webhook_id}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """The header `webhook-signature`: HMAC-SHA256 of id, time in seconds and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(secret: str, message_id: str, timestamp: int, body: str) -> dict[str, str]:
    """The headers of a signed message."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
