"""Read the providers of an installation: the ready ones, and the files of its home folder."""

from __future__ import annotations

from pathlib import Path

from leads.errors import UsageError
from sources.providers.file import LARGEST
from sources.providers.files import Providers, providers

#: The folder of the home folder that holds the user's files.
FOLDER = "providers"


def stored_providers(home: Path) -> Providers:
    """Read the ready providers and `HOME/providers/*.yaml`; a file that is broken is among them."""
    folder = home / FOLDER
    files = sorted(folder.glob("*.yaml"))
    # A user who gave a file the other ending is told, unless there is one that counts.
    named = {one.stem for one in files}
    files += [one for one in sorted(folder.glob("*.yml")) if one.stem not in named]
    return providers({str(file): _text(file) for file in files})


def _text(file: Path) -> str | UsageError:
    if file.suffix == ".yml":
        named = file.with_suffix(".yaml").name
        return UsageError(f"{file} is not used: its name ends in .yml", f"call it {named}")
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        return UsageError(f"{file} cannot be read: {error.strerror}", "correct it or move it away")
    except UnicodeDecodeError:
        return UsageError(f"{file} is not UTF-8 text", "save it as UTF-8")
    if len(data) > LARGEST:
        return UsageError(f"{file} is larger than {LARGEST:,} bytes", "is it the right file?")
    return text
