"""Who may open the pages of the background work."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from actions.actor import Right
from actions.session import check_actor
from console.web.logged_in import Here, Reader, Writer


def operator(here: Reader) -> Here:
    """The user of a request, who steers the background work; NotAllowedError otherwise."""
    check_actor(here.actor, Right.OPERATE)
    return here


def operator_with_form(here: Writer) -> Here:
    """The user of a form, who steers the background work; NotAllowedError otherwise."""
    check_actor(here.actor, Right.OPERATE)
    return here


OperatorReads = Annotated[Here, Depends(operator)]
OperatorWrites = Annotated[Here, Depends(operator_with_form)]
