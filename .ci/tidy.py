"""Names what must not stand in a tracked file: registry addresses, paths of one machine, unfinished
places.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The patterns are written so that none of them finds itself.
FORBIDDEN = (
    (
        "address of a package registry",
        r"https?://(?:files|registry|deb|security|index)\.[a-z]|https?://\S*/simple(?:/|$)|(?<!no-emit-)index[-]url",
    ),
    ("path of one machine", r"(?<![\w.<>{}$)-])/(?:work|farm|home|root|Users)/[\w.]"),
    ("unfinished place", r"\b(?:NotImplemented[E]rror|TO[D]O|FIX[M]E|XX[X])\b"),
    ("test switched off", r"mark\.skip|\bxfai[l]\b(?!_strict)"),
    ("conflict left in a merge", r"^(?:<{7} |>{7} )"),
)
FORBIDDEN_FILES = (
    (
        "lock with addresses in it; requirements.lock is ours",
        r"(?:^|/)(?:uv|poetry|Pipfile)\.lock$",
    ),
    (
        "name that says nothing about its topic",
        r"(?:^|/)(?:utils?|helpers?|common|misc)(?:/|\.py$)",
    ),
    ("__init__.py that hides our package from pytest", r"^tests/(?:.*/)?__init__\.py$"),
)
TEXT_LIMIT = 2_000_000


def main() -> int:
    """Print one line a finding; 1 when there is one."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    names = [name for name in listing.split("\0") if name and (ROOT / name).is_file()]
    findings = [
        f"{name}: {what}"
        for name in names
        for what, pattern in FORBIDDEN_FILES
        if re.search(pattern, name)
    ]
    for name in names:
        findings += _lines(name)
    for finding in findings:
        sys.stdout.write(finding + "\n")
    return 1 if findings else 0


def _lines(name: str) -> list[str]:
    path = ROOT / name
    content = path.read_bytes()
    if len(content) > TEXT_LIMIT or b"\0" in content[:8192]:
        return []
    lines = content.decode("utf-8", errors="replace").splitlines()
    return [
        f"{name}:{number}: {what}: {line.strip()[:120]}"
        for number, line in enumerate(lines, 1)
        for what, pattern in FORBIDDEN
        if re.search(pattern, line)
    ]


if __name__ == "__main__":
    sys.exit(main())
