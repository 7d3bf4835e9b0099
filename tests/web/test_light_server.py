"""The server imports no library that only background work and comparisons need."""

import subprocess
import sys

#: Each takes more memory than all that a server keeps of a database.
HEAVY = {"pandas", "pyarrow", "sklearn", "scipy", "scrapy", "twisted"}
#: What pages need that SDRs do not open all day.
LATER = {"numpy", "rapidfuzz", "xlsxwriter", "phonenumbers", "console.api.resources"}


def imported(code: str, some: set[str]) -> list[str]:
    """Those of the modules that are imported by some code."""
    code = f"import sys; {code}; print(*{some} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_the_server_imports_no_large_library() -> None:
    every = "from console.web.later_pages import every_page; every_page(); import console.api.app"
    assert imported(every, HEAVY) == []


def test_what_sdrs_do_not_use_is_imported_when_it_is_asked_for() -> None:
    first = "import console.web.app; from console.web.later_pages import FIRST, load; load(FIRST)"
    assert imported(first, LATER | HEAVY) == []
