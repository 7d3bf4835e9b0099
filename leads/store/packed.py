"""Page bodies as they are kept: packed by us, or by the server that sent them."""

from __future__ import annotations

import zlib

#: zlib's level for bodies: the next ones take two to five times as long for a tenth of the size.
_LEVEL = 1
#: What both zlib and gzip have written is read with this.
_EITHER = zlib.MAX_WBITS | 32
#: A server that packs no better than this is asked for speed, not for size.
_WORST = 0.5


def packed(body: bytes, gzip: bytes | None = None) -> bytes:
    """The body as it is kept: as it came, if the server packed it well."""
    if gzip is not None and len(gzip) <= _WORST * len(body):
        return gzip
    return zlib.compress(body, _LEVEL)


def unpacked(kept: bytes) -> bytes:
    """The body again."""
    return zlib.decompress(kept, _EITHER)
