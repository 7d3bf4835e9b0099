"""The postcodes that a short one may be: spreadsheets drop zeros at the start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Digits of the postcodes of most countries.
_SIZES = (4, 5)


def readings(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts as they are, and with the zeros that a postcode of 4 or 5 digits has lost.

    `1069` is in Austria, or `01069` in Germany. One of a known country has its zeros back already,
    but what is known here is the text alone.
    """
    yield list(texts)
    for size in _SIZES:
        if any(_is_short(text, size) for text in texts):
            yield [text.zfill(size) if _is_short(text, size) else text for text in texts]


def _is_short(text: str, size: int) -> bool:
    return text.isdecimal() and size - 2 <= len(text) < size
