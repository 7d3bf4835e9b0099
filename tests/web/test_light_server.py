"""The server imports no library that only background work and comparisons need."""

import subprocess
import sys

#: Each takes more memory than all that a server keeps of a database.
HEAVY = {"pandas", "pyarrow", "sklearn", "scipy", "scrapy", "twisted"}


def test_the_server_imports_no_large_library() -> None:
    code = f"import sys, console.web.app; print(*{HEAVY} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
