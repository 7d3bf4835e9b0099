"""The body of a page as its server packed it, which takes a quarter of its memory."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

#: A server that packs no better than this is asked for speed, not for size.
_WORST = 0.5
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class PackedBody:
    """One sound gzip member, with the size and the SHA-256 of what it holds."""

    gzip: bytes
    size: int
    content_hash: str

    @classmethod
    def of(cls, body: bytes, gzip: bytes | None) -> PackedBody | None:
        """Return `body` as `gzip` holds it; None if it was not packed well."""
        if gzip is None or len(gzip) > _WORST * len(body):
            return None
        return cls(gzip, len(body), hash_of(body))

    @property
    def body(self) -> bytes:
        """Return the body again."""
        return zlib.decompress(self.gzip, _GZIP)


def hash_of(body: bytes) -> str:
    """Return the hash by which a content is kept."""
    return hashlib.sha256(body).hexdigest()
