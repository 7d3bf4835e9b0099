"""HTML elements from text that nobody checked."""

from __future__ import annotations

from html import escape


def text(value: object) -> str:
    """A value as HTML text, without characters that could steer how a page is shown."""
    if value is None:
        return ""
    words = f"{value:,}" if isinstance(value, int) else str(value)
    shown = "".join(one if one.isprintable() else " " for one in words)
    return escape(shown, quote=True)


def element(name: str, inside: str, **attributes: object) -> str:
    """An element around HTML; a `_` ends names that Python has, and None leaves one out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inside}</{name}>"
