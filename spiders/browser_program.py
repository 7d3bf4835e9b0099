"""Find the Chromium that pages are rendered in. Loads neither it nor Playwright."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

from leads.errors import SluiceError

#: Where a browser is looked for, unless CHROMIUM names one.
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class BrowserError(SluiceError):
    """Pages are to be rendered, and no browser can be started for it."""


def find_program() -> str:
    """Return the path of Chromium; BrowserError without one, or without Playwright."""
    if find_spec("playwright") is None:
        raise BrowserError(
            "the setting browser needs the package playwright",
            "install it with `pip install 'sluice[browser]'`, or set browser to off",
        )
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else _PROGRAMS:
        if path := shutil.which(name):
            return path
    raise BrowserError(
        f"the setting browser needs Chromium, and there is no {named or 'chromium'}",
        "install it (Debian: apt install chromium), or name one with the variable CHROMIUM,"
        " or set browser to off",
    )
