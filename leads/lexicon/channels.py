"""The words for channels in lists."""

from __future__ import annotations

#: Stands for every channel.
ALL = "all"
_WORDS = {
    ALL: ALL,
    "any": ALL,
    "phone": "phone",
    "telephone": "phone",
    "email": "email",
    "e-mail": "email",
    "post": "post",
    "social": "social",
    "linkedin": "social",
}


def channel_named(text: str) -> str | None:
    """The channel that a word names, or `all`; None for another word."""
    return _WORDS.get(text.strip().casefold())
