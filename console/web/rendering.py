"""Fill the templates of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.actor import Right
from actions.page_counts import MOST
from console.cli.ops_lines import duration
from console.web.cookies import Cookie
from console.web.navigation import menu_of
from leads.attributes import value_text
from leads.errors import SluiceError
from leads.facts import Fact

_TEMPLATES = Path(__file__).parent / "templates"
#: The cookie of what the next page says.
SAID = Cookie("sluice_said", 60)
#: Characters of what the next page says.
_LONGEST = 300
_OPTION, _ANY_OPTION = re.compile(r"^--([a-z][a-z-]+)"), re.compile(r"(?<!\S)--([a-z][a-z-]+)")


def page(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    next_says: str | None = None,
) -> HTMLResponse:
    """A page: every value is escaped by the template.

    `next_says`: it is the page that a form leads to, and says this; None: any other.
    """
    kept = "" if next_says is not None else unquote(SAID.sent(request))[:_LONGEST]
    said = (next_says or "")[:_LONGEST] or kept
    here = getattr(request.state, "here", None)
    usual = {
        "here": here,
        "menu": menu_of(here.actor) if here else [],
        "is_paused": here is not None and here.is_paused and here.actor.may(Right.LOOK),
        "operates": here is not None and here.actor.may(Right.OPERATE),
        "manages": here is not None and here.actor.may(Right.MANAGE),
        "path": request.url.path,
        "said": said,
        "sign_on": getattr(request.app.state, "sign_on", None),
        "is_sent": request.method == "POST" and next_says is None,
    }
    text = _environment().get_template(template).render(**usual, **values)
    answer = HTMLResponse(text, status_code=status)
    if kept:
        SAID.forget(request, answer)
    return answer


def bare_page(template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page for visitors of other sites: it says nothing of who runs this server."""
    return HTMLResponse(_environment().get_template(template).render(**values), status_code=status)


def worded(error: SluiceError) -> str:
    """An error and the way out, in one line."""
    message, hint = for_page(error)
    return f"{message}: {hint}" if hint else message


def for_page(error: SluiceError) -> tuple[str, str]:
    """An error and the way out without options of commands, which no page has."""
    # Of the message the first word alone: what a user typed may stand in the rest.
    message = _OPTION.sub(_field, error.message, count=1)
    is_command = "sluice " in error.hint
    return message, error.hint if is_command else _ANY_OPTION.sub(_field, error.hint)


def _field(option: re.Match[str]) -> str:
    return option[1].replace("-", " ")


def saying(request: Request, answer: Response, said: str) -> Response:
    """Let the next page say something, once."""
    # In a cookie, not in the address: a link from elsewhere could put words on the page.
    if said:
        SAID.keep(request, answer, quote(said[:_LONGEST]))
    return answer


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["words"] = _words
    made.filters["fact_value"] = _fact_value
    made.filters["minute"] = _minute
    made.filters["duration"] = duration
    made.filters["counted"] = _counted
    made.globals["new_key"] = lambda: token_urlsafe(12)
    return made


def _fact_value(fact: Fact) -> str:
    """The value of a fact as people read it."""
    return value_text(fact.attribute, fact.value)


def _words(text: str) -> str:
    """`not_interested` as people write it."""
    return text.replace("_", " ")


def _counted(count: int, most: int = MOST) -> str:
    """A count that stops behind `most`: `10,000+`."""
    return f"{most:,}+" if count > most else f"{count:,}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
