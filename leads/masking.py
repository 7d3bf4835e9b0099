"""Mask secrets and personal addresses in logs, and group cases of the same error."""

from __future__ import annotations

import hashlib
import re

_MASKS = (
    # The password of an address: scheme://user:password@host
    (re.compile(r"(?<=://)([^\s:/@]*):([^\s/@]+)@"), r"\1:***@"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE), r"\1 ***"),
    (
        re.compile(
            r"(?P<name>[\"']?\b[\w-]*(?:password|passwd|pwd|secret|token|api[_-]?key|hash[_-]?key|authorization|cookie|credentials?)\b[\"']?"
            r"\s*[:=]\s*)(?!\*\*\*)(?!(?:bearer|basic)"
            r" \*\*\*)(?:\"[^\"]*\"|'[^']*'|[^\s\"',;&)}]+)",
            re.IGNORECASE,
        ),
        r"\g<name>***",
    ),
    # The local part names a person; the domain names the company and stays.
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?=[\w-]+(?:\.[\w-]+)+)"), "***@"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), "***"),
    (re.compile(r"\b(?:sk|pk|ghp|gho|xox[abp])[-_][\w-]{8,}"), "***"),
)
_VARYING = (
    (
        re.compile(
            r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b", re.IGNORECASE
        ),
        "<id>",
    ),
    (re.compile(r"\bhttps?://\S+"), "<url>"),
    (re.compile(r"'[^']{0,200}'|\"[^\"]{0,200}\""), "<text>"),
    (re.compile(r"\b0x[0-9a-f]+\b", re.IGNORECASE), "<number>"),
    (re.compile(r"\S*\*\*\*@\S+"), "<address>"),
    (re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}\b(?!\()", re.IGNORECASE), "<name>"),
    (re.compile(r"\d+(?:[.,:]\d+)*"), "<number>"),
    (re.compile(r"\s+"), " "),
)
#: Maximum characters kept of an error.
LONGEST = 2_000


def mask(text: str) -> str:
    """Mask passwords, tokens, keys and the local parts of e-mail addresses."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def normalised(error: str) -> str:
    """Return an error's first line with ids, numbers, names and quotes replaced (at most 200
    characters).
    """
    text = mask(error[:LONGEST]).strip().split("\n")[0]
    for pattern, instead in _VARYING:
        text = pattern.sub(instead, text)
    return text.strip()[:200]


def fingerprint(kind: str, error: str) -> str:
    """Return eight hex digits that are equal for all cases of one error of one kind of task."""
    return hashlib.sha256(f"{kind}\n{normalised(error)}".encode()).hexdigest()[:8]
