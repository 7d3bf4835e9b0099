"""Hash and check passwords, and say which ones are too easy to guess."""

from __future__ import annotations

from functools import cache
from secrets import token_urlsafe

from pwdlib import PasswordHash

from leads.errors import UsageError

SHORTEST, LONGEST = 12, 200
#: Runs of keys and words that long passwords which are guessed first are made of.
_COMMON = (
    "0123456789",
    "1q2w3e4r5t6y",
    "abcdefghijkl",
    "administrator",
    "changeme",
    "iloveyou",
    "letmein",
    "password",
    "qwertyuiop",
    "qwertzuiop",
    "sluice",
    "welcome",
)
#: Letters beside a common word that a password needs.
_OTHERS = 8


def check_password(password: str, user: str) -> None:
    """UsageError for a password that is too short, or made of what is guessed first."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password has {SHORTEST} to {LONGEST} characters", "four words are easy to keep"
        )
    rest = password.casefold()
    for word in (user.casefold(), *_COMMON):
        rest = rest.replace(word, "")
    if len(set(rest)) < _OTHERS // 2 or len(rest) < _OTHERS:
        raise UsageError(
            "this password is guessed easily", "choose four words that have nothing in common"
        )


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its salt."""
    return _hasher().hash(password)


def matches(password: str, known: str | None) -> bool:
    """Check a password; without a known hash the answer is no, after the same work."""
    is_right = _hasher().verify(password[: LONGEST + 1], known or _nobodys())
    return is_right and known is not None


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys() -> str:
    return hashed(token_urlsafe())
