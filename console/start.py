"""Start `sluice`: Ctrl-C ends it with 130 from the first import on."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    try:
        from console.cli.main import main as run

        run()
    except KeyboardInterrupt:
        # Between the first import and the last line of output there is nothing left to undo.
        sys.stderr.write("sluice: interrupted\n  run the same command again to go on\n")
        sys.exit(INTERRUPTED)
