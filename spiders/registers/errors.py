"""Why a register was not read to its end."""

from __future__ import annotations


class RegisterError(Exception):
    """A register was not read to its end: the reason.

    `wait` is how many seconds it wants to be left alone, if it said so. What was kept until then
    stays, unless `is_void`: then it is of no use.
    """

    def __init__(self, reason: str, *, wait: float | None = None, is_void: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.is_void = is_void


class TooManyError(RegisterError):
    """A search finds more companies than the register shows of one."""

    def __init__(self, total: int, most: int) -> None:
        super().__init__(
            f"{total:,} companies are found, and the register shows {most:,} of a search"
        )
