"""The tags of a page by one pattern, in linear time on any text."""

from __future__ import annotations

import re

_ATTRIBUTES = r"[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+){0,500}+"


def _in_any_case(name: str) -> str:
    """Write a name letter by letter: a pattern without a flag rules out other tags sooner."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_RAW = "|".join(
    map(
        _in_any_case,
        ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"),
    )
)
#: Start tags, comments, and elements of raw text. What is not closed reaches to the end of the page.
#: Most tags begin with a letter of the first line.
TOKEN = re.compile(
    r"<(?:"
    rf"[a-hj-lo-ru-wyzA-HJ-LO-RU-WYZ]{_ATTRIBUTES}>"
    r"|(?P<note>!--)(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    rf"|(?P<meta>{_in_any_case('meta')})(?![\w:-]){_ATTRIBUTES}>"
    rf"|(?P<raw>{_RAW})(?![\w:-])(?P<head>{_ATTRIBUTES})>"
    r"(?P<inner>[^<]*+(?:<(?!/(?i:(?P=raw))(?![\w:-]))[^<]*+)*+)"
    rf"|[a-zA-Z]{_ATTRIBUTES}>"
    r")"
)
