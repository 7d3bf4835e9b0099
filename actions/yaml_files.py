"""Read a file that a user wrote in YAML, or what comes on stdin."""

from __future__ import annotations

import sys
from pathlib import Path

from leads.errors import NotFoundError, UsageError

#: Bytes of such a file.
LARGEST = 256_000


def yaml_text(path: str, start: str, largest: int = LARGEST) -> str:
    """Read a YAML file; `-` is stdin. `start` says where a first such file comes from."""
    try:
        data = sys.stdin.buffer.read(largest + 1) if path == "-" else _bytes(Path(path), largest)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}", start) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "name the file in it") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None
    if len(data) > largest:
        raise UsageError(f"{path} is larger than {largest:,} bytes", "is it the right file?")
    return text


def _bytes(path: Path, largest: int) -> bytes:
    with path.open("rb") as file:
        return file.read(largest + 1)
