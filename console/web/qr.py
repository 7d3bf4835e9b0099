"""A QR code as SVG within a page: attributes only, no style, as the content policy wants it."""

from __future__ import annotations

import segno


def qr(text: str) -> str:
    """The picture of a text, which the picture holds as squares only."""
    made = segno.make(text, error="m", micro=False)
    return made.svg_inline(
        scale=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )
