"""Page bodies as they are kept: packed by us, or by the server that sent them."""

from __future__ import annotations

import zlib

#: zlib's level for bodies: the next ones take two to five times as long for a tenth of the size.
_LEVEL = 1
#: What both zlib and gzip have written is read with this.
_EITHER = zlib.MAX_WBITS | 32


def packed(body: bytes) -> bytes:
    """Pack a body that its server did not pack well."""
    return zlib.compress(body, _LEVEL)


def unpacked(kept: bytes) -> bytes:
    """The body again."""
    return zlib.decompress(kept, _EITHER)
