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
    """The header `webhook-signature` of a message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(mac(key, message_id, timestamp, body.encode())).decode()


def mac(key: bytes, message_id: str, timestamp: int, body: bytes) -> bytes:
    """HMAC-SHA256 of id, time in seconds and body."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return hmac.digest(key, signed, hashlib.sha256)


def headers(secret: str, message_id: str, timestamp: int, body: str) -> dict[str, str]:
    """The headers of a signed message."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
