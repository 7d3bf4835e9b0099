"""Undo the content codings of a body, within a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from scrapy.exceptions import IgnoreRequest
from scrapy.utils._compression import (
    _DecompressionMaxSizeExceeded,
    _inflate,
    _unbrotli,
    _unzstd,
)
from scrapy.utils.gz import gunzip

#: What the crawler says it can undo.
ACCEPTED = "gzip, deflate, br, zstd"
_GZIP = 31
#: More codings on one body are an attack.
_MOST_CODINGS = 4
_Decode = Callable[..., bytes]
_DECODERS: dict[str, _Decode] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def decoded(body: bytes, codings: str, most: int, *, cut: bool = False) -> bytes:
    """Return the body without its codings; as it is from the first coding that is not known.

    `codings` is the header Content-Encoding, `most` the limit in bytes. IgnoreRequest if more come
    out; with `cut`, a body coded by gzip alone is cut there instead. ValueError if it is broken.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(names) > _MOST_CODINGS:
        raise ValueError(f"{len(names)} codings")
    cut = cut and len(names) == 1
    while names and (decode := _DECODERS.get(names[-1])):
        names.pop()
        if decode is gunzip and (plain := _one_member(body, most, cut=cut)) is not None:
            body = plain
            continue
        try:
            body = decode(body, max_size=most)
        except _DecompressionMaxSizeExceeded as error:
            raise IgnoreRequest(f"more than {most} bytes after decompression") from error
        except Exception as error:  # Each decoder has errors of its own.
            raise ValueError(f"broken coding ({type(error).__name__})") from error
    return body


def gzip_member(body: bytes, codings: str, most: int) -> bytes | None:
    """Return what a body holds that is one sound gzip member, and no more; None for any other."""
    return _one_member(body, most, cut=False) if codings.strip().lower() == "gzip" else None


def _one_member(body: bytes, most: int, *, cut: bool) -> bytes | None:
    """Return what one sound gzip member holds, in a quarter of the time; None for anything else."""
    undo = zlib.decompressobj(_GZIP)
    try:
        plain = undo.decompress(body, most)
    except zlib.error:
        return None
    if cut or (undo.eof and not undo.unused_data):
        return plain
    return None
