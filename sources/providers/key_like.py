"""Find what looks like a key: no provider's file may hold one."""

from __future__ import annotations

import re
from itertools import pairwise

#: A run of characters that keys are made of.
_RUN = re.compile(r"[A-Za-z0-9_+/=~-]{16,}", re.ASCII)
#: How keys of well-known makers begin, whatever follows.
_MAKERS = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:sk|pk|rk)[-_](?:live|test|proj)?[-_]?[A-Za-z0-9]{12,}|gh[opsu]_[A-Za-z0-9]{16,}"
    r"|xox[abp]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{12,}|eyJ[A-Za-z0-9_-]{10,}\.)"
)
_URL = re.compile(r"https?://[^\s\"'<>]*")
#: Words that say that what follows is a secret.
_SECRET = frozenset(
    {
        "auth",
        "authorization",
        "cookie",
        "credential",
        "credentials",
        "passwd",
        "password",
        "signature",
    }
)
_SECRET_ENDS = ("key", "token", "secret")


def has_key(text: str) -> bool:
    """Whether a text holds something that looks like a key."""
    if _MAKERS.search(text):
        return True
    return any(_is_random(run) for run in _RUN.findall(_URL.sub(_last_of_url, text)))


def is_secret_name(name: str) -> bool:
    """Whether a header or parameter of that name holds a key: `X-Api-Key`, `access_token`."""
    words = re.split(r"[^a-z0-9]+", name.casefold())
    return any(word in _SECRET or word.endswith(_SECRET_ENDS) for word in words)


def _last_of_url(found: re.Match[str]) -> str:
    """The part of an address where a key may stand; its path is made of words and numbers."""
    return found[0].partition("?")[2]


def _is_random(run: str) -> bool:
    """Whether letters and digits change often, as they do in no word: `a3f9…`, not `naics2022`."""
    kinds = [_kind(char) for char in run if char.isalnum()]
    changes = sum(one != other for one, other in pairwise(kinds))
    has_both = "digit" in kinds and len(set(kinds)) > 1
    return has_both and kinds.count("digit") >= 3 and changes >= max(5, len(kinds) // 6)


def _kind(char: str) -> str:
    return "digit" if char.isdigit() else "letter"
