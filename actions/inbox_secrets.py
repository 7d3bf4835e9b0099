"""The secrets of inboxes: stored sealed, so that a stolen database has none."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from secrets import token_bytes, token_hex

from leads.inboxes import Inbox
from workers.verifying import LONGEST_SECRET

#: Bytes of the secrets that are made here.
_BYTES = 32


def new_key() -> bytes:
    """Make a random key."""
    return token_bytes(_BYTES)


def seal(installation: bytes, key: bytes) -> str:
    """A key as it is stored."""
    # Each pad is used once: it comes from a salt of its own.
    salt = token_hex(16)
    return f"{salt}:{_mixed(key, _pad(installation, salt)).hex()}"


def unseal(installation: bytes, sealed: str) -> bytes:
    """A key as it was before it was sealed with the same secret of the installation."""
    salt, _, text = sealed.partition(":")
    return _mixed(bytes.fromhex(text), _pad(installation, salt))


def keys_of(installation: bytes, inbox: Inbox, at: datetime) -> list[bytes]:
    """The keys with which messages to an inbox may be signed at a moment."""
    sealed = [inbox.secret]
    if inbox.secret_before and inbox.before_until is not None and at < inbox.before_until:
        sealed.append(inbox.secret_before)
    return [unseal(installation, one) for one in sealed if one]


def _pad(installation: bytes, salt: str) -> bytes:
    made = hmac.digest(installation, f"sluice inbox {salt}".encode(), hashlib.sha512)
    assert len(made) >= LONGEST_SECRET
    return made


def _mixed(text: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, pad, strict=False))
