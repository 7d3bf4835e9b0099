"""HTML elements from text that nobody checked."""

from __future__ import annotations

from html import escape

from console.cli.output import plain


def text(words: object) -> str:
    """Text as HTML, without characters that could steer a page or a terminal."""
    return escape(plain(words), quote=True)


def element(name: str, inside: str, **attributes: object) -> str:
    """An element around HTML; a `_` ends names that Python has, and None leaves one out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inside}</{name}>"
