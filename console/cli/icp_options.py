"""The arguments and marks that several commands about profiles share."""

from __future__ import annotations

from typing import Annotated

import typer

IcpPath = Annotated[str, typer.Argument(help="An ICP file (YAML); - for stdin.", metavar="FILE")]

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
_MUST_NOT = {"yes": "✗", "no": "✓", "unknown": "?"}


def answer_mark(answer: str, section: str) -> str:
    """Mark an answer: ✓ when it counts for the company, so a no to a must_not gets one."""
    return (_MUST_NOT if section == "must_not" else _MARKS)[answer]
