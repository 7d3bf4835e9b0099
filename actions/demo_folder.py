"""The data folder of a demo: one process has it at a time, and only a demo's is emptied."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from leads.errors import NotAllowedError
from leads.settings import Settings, load_settings

#: The file that says that a demo made the folder; who has it locked may empty the folder.
_MARK = ".demo"


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep other demos out of a folder for as long as this one runs or is served.

    NotAllowedError while another process has it, and for a folder that no demo made.
    """
    _make(folder)
    with (folder / _MARK).open("r+", encoding="utf-8") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(folder, mark) from None
        mark.truncate()
        mark.write(f"made by sluice demo, process {os.getpid()}\n")
        mark.flush()
        yield


def empty_folder(folder: Path) -> Settings:
    """Delete what an earlier demo made in the folder; the settings of the next one.

    NotAllowedError for a folder that no demo made.
    """
    _make(folder)
    for one in folder.iterdir():
        if one.name == _MARK:
            # Other processes wait for the lock on this very file.
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return load_settings({"SLUICE_HOME": str(folder)})


def _make(folder: Path) -> None:
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise NotAllowedError(
            f"{folder} holds something that no demo made", "name an empty folder with --home"
        )
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _taken(folder: Path, mark: IO[str]) -> NotAllowedError:
    number = mark.read(200).rpartition("process ")[2].strip()
    who = f" (process {number})" if number.isdigit() else ""
    return NotAllowedError(
        f"another demo runs or is served in {folder}{who}",
        "end it with Ctrl-C, or name another folder with --home",
    )
