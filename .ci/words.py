"""Names words that stop a hurried reader, in pages and docstrings.

`.ci/words.yaml` holds the words, each with a plain one. Help texts are checked through
`docs/reference/cli.md`, which `make docs` writes from them.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGES = re.compile(r"(?:README|CONTRIBUTING|CHANGELOG)\.md|docs/.*\.md")
NOT_PRODUCT = ("tests/", "bench/", ".ci/", "examples/")


def main(root: Path) -> int:
    """Print one line a finding; 1 when there is one."""
    book = yaml.safe_load((root / ".ci" / "words.yaml").read_text("utf-8"))
    patterns = [
        (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), plain)
        for words, plain in book["words"].items()
    ]
    findings = [line for name in _names(root) for line in _findings(root, name, patterns)]
    for finding in findings:
        sys.stdout.write(finding + "\n")
    return 1 if findings else 0


def _names(root: Path) -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    return [
        name
        for name in listing.split("\0")
        if (root / name).is_file()
        and (PAGES.fullmatch(name) or (name.endswith(".py") and not name.startswith(NOT_PRODUCT)))
    ]


def _findings(root: Path, name: str, patterns: list[tuple[re.Pattern[str], str]]) -> Iterator[str]:
    content = (root / name).read_text("utf-8")
    for line, text in _docstrings(content) if name.endswith(".py") else [(1, content)]:
        for pattern, plain in patterns:
            for found in pattern.finditer(text):
                number = line + text.count("\n", 0, found.start())
                yield f"{name}:{number}: {found.group()!r}; write: {plain}"


def _docstrings(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield node.body[0].lineno, text


if __name__ == "__main__":
    sys.exit(main(ROOT))
