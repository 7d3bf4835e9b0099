"""Patterns of tags, each in linear time on any text."""

from __future__ import annotations

import re

_NAME = r"<(?P<name>/?[a-zA-Z][a-zA-Z0-9:-]*+)"
#: A tag: its name, after `/` if it closes, and what stands between name and `>`.
TAG = re.compile(rf"{_NAME}(?P<raw>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
PLAIN_TAG = re.compile(rf"{_NAME}(?P<raw>[^>]*)>")
_INSIDE = r"[^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+"
#: Text, and the tag after it if its quotes are balanced; matches anywhere.
_TOKEN = rf"([^<]*+)(?:{_NAME}(?P<raw>{_INSIDE})>)?+"
#: Tags that do no more than end a line, with the white space before each.
_LINE_ENDS = (
    r"((?:\s*+</?(?:div|li|p|t(?:r|able|body|head|foot)|ul|br|h[1-6r]|d[dlt]|section|ol|center)"
    rf"(?![\w:-]){_INSIDE}>)*+)"
)
ONE_TAG, TAG_AND_LINE_ENDS = re.compile(_TOKEN + "()"), re.compile(_TOKEN + _LINE_ENDS)
#: Elements whose content is not text.
UNSEEN = ("style", "template", "select", "svg", "object", "canvas", "math", "textarea")
ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in (*UNSEEN, "script", "title")}
#: Elements that end a line of text.
BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul""".split()  # noqa: E501, SIM905 - a list of 45 strings would be 45 lines
)
