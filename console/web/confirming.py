"""Ask before something is done that nothing, or only work, undoes: how much it changes is counted
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from console.web.rendering import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and the form that says yes."""

    title: str
    #: What will change, with its counts.
    lines: tuple[str, ...]
    action: str
    fields: Sequence[tuple[str, str]]
    label: str
    #: Where "no" leads.
    back: str


def ask(request: Request, question: Question) -> Response:
    """Show the question; the form sends the same fields again with `sure`."""
    return page(request, "confirm.html", {"question": question})
