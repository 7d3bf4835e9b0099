"""`sluice source-of`: where the data of a company or person comes from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import tracing
from actions.session import open_session
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain


def source_of(
    whom: Annotated[
        str, typer.Argument(help="A company, or a contact's e-mail or name.", metavar="WHOM")
    ],
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Say where the data of a company or person comes from.

    The answer is text for a letter. A contact is named by e-mail address or full name, a company by
    name, domain or id; of a company that is called as a contact is, give the domain.

    It names every list with its vendor, file, line and import date; every page with its address and
    the day it was read; registers and providers with their licence; and what people entered; each
    with what it said. What was paid for it is noted beside the letter.

    Example: sluice source-of "Acme GmbH"
    """
    with open_session(user) as session:
        found = tracing.sources(session, client, whom)

    if as_json:
        emit_json({"company": found.company, "sources": [asdict(one) for one in found.origins]})
        return
    for line in found.letter.splitlines():
        emit(plain(line))
    # The letter is for who asks; what we paid is for us.
    for one in found.origins:
        for paid in one.cost:
            note(f"{plain(one.name)} cost {paid['amount']} {paid['currency']}")
