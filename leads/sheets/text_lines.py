"""Read the lines of a text file or stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from leads.errors import NotFoundError, UsageError

LONGEST = 500


def lines_of(path: str) -> Iterator[tuple[int, str]]:
    """The number and text of each line, without blank lines and `#` comments; UsageError when the
    file is not UTF-8 text.
    """
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}", "check its name") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if len(bare) > LONGEST:
            raise UsageError(
                f"{path}, line {number} is {len(bare):,} characters long",
                "one name, domain, address or number a line",
            )
        if bare and not bare.startswith("#"):
            yield number, bare
