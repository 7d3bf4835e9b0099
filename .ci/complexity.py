"""Names functions that are too complex, measured as radon does."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 12


def measured(root: Path) -> dict[str, int]:
    """The complexity of every function of a repository, by `file function`."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "*.py"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    found: dict[str, int] = {}
    for name in sorted(name for name in names if name and (root / name).is_file()):
        for block in _functions(cc_visit((root / name).read_text("utf-8"))):
            key = f"{name} {block.fullname}"
            found[key] = max(block.complexity, found.get(key, 0))
    return found


def _functions(blocks: list[Any]) -> Iterator[Any]:
    for block in blocks:
        if block.letter == "C":
            yield from _functions(block.methods)
        else:
            yield block


def main(root: Path) -> int:
    """Print one line a finding; 1 when there is one."""
    complex_ = {key: value for key, value in measured(root).items() if value > LIMIT}
    for key, value in sorted(complex_.items()):
        sys.stdout.write(f"{key}: complexity {value}, at most {LIMIT}\n")
    return 1 if complex_ else 0


if __name__ == "__main__":
    sys.exit(main(ROOT))
