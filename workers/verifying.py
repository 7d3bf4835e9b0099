"""Check that a message is from who has the secret, by the Standard Webhooks scheme, version 1."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workers.signing import PREFIX, mac

#: Seconds that the clock of a sender may be off.
TOLERANCE = 300
#: Bytes of a secret, by the scheme.
SHORTEST_SECRET, LONGEST_SECRET = 24, 64
#: Signatures of a message that are looked at: one for each secret that is being replaced.
_MOST = 10
_LONGEST_HEADER = 2_000
# Without dots: one after the id divides it from the time in what is signed.
_ID = re.compile(r"[!-\-/-~]{1,200}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers of a message say; nothing of it is believed yet."""

    message_id: str
    #: Seconds since 1970.
    sent_at: int
    signatures: tuple[bytes, ...]


def read_envelope(headers: Mapping[str, str]) -> Envelope | None:
    """Read the three headers; None when one is missing or is not of the scheme."""
    message_id = headers.get("webhook-id", "")
    sent = headers.get("webhook-timestamp", "")
    found = read_signatures(headers.get("webhook-signature", ""))
    if not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(sent) or not found:
        return None
    return Envelope(message_id, int(sent), found)


def read_signatures(header: str) -> tuple[bytes, ...]:
    """The signatures of version 1 in a header such as `v1,AbC= v1,DeF= v1a,GhI=`."""
    found = []
    for part in header[:_LONGEST_HEADER].split(" ")[:_MOST]:
        version, _, text = part.partition(",")
        if version != "v1":
            continue
        try:
            found.append(base64.b64decode(text.encode("ascii"), validate=True))
        except (binascii.Error, UnicodeEncodeError):
            continue
    return tuple(one for one in found if len(one) == hashlib.sha256().digest_size)


def is_timely(envelope: Envelope, at: float) -> bool:
    """Whether a message was sent near a moment."""
    return abs(at - envelope.sent_at) <= TOLERANCE


def is_signed(envelope: Envelope, body: bytes, secrets: Iterable[bytes]) -> bool:
    """Whether one of the signatures is made with one of the secrets."""
    wanted = [mac(one, envelope.message_id, envelope.sent_at, body) for one in secrets]
    return any(hmac.compare_digest(given, one) for given in envelope.signatures for one in wanted)


def secret_bytes(text: str) -> bytes | None:
    """The key of a secret such as `whsec_MfKQ…`; None when it is none of the scheme."""
    text = text.strip()
    if not text.startswith(PREFIX):
        return None
    try:
        key = base64.b64decode(text.removeprefix(PREFIX).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return key if SHORTEST_SECRET <= len(key) <= LONGEST_SECRET else None


def secret_text(key: bytes) -> str:
    """A secret as people copy it."""
    return PREFIX + base64.b64encode(key).decode()
