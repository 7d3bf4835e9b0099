"""Names functions that are too complex, measured as radon does.

`.ci/complexity.txt` lists functions that are still above the limit. A listed function that is
simple now must leave the list: `python .ci/complexity.py --shrink` takes it out.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parent.parent
LISTED = Path(".ci/complexity.txt")
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


def main(root: Path, *, shrink: bool) -> int:
    """Print one line a finding; 1 when there is one."""
    found = measured(root)
    listed = set((root / LISTED).read_text("utf-8").splitlines())
    complex_ = {key for key, value in found.items() if value > LIMIT}

    if shrink:
        kept = sorted(listed & complex_)
        (root / LISTED).write_text("".join(f"{key}\n" for key in kept), "utf-8")
        return 0

    for key in sorted(complex_ - listed):
        sys.stdout.write(f"{key}: complexity {found[key]}, at most {LIMIT}\n")
    for key in sorted(listed - complex_):
        sys.stdout.write(f"{key}: simple now, take it out of {LISTED}\n")
    return 1 if complex_ != listed else 0


if __name__ == "__main__":
    sys.exit(main(ROOT, shrink="--shrink" in sys.argv[1:]))
