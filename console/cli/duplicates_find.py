"""`sluice dedupe find`: the stored companies that may be the one that is described."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.finding_company import Described, FoundCompany, find_company
from actions.session import open_session
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit, emit_json, plain


def find(
    name: Annotated[str, typer.Argument(help="The name of the company.", metavar="NAME")],
    country: Annotated[str, typer.Option("--country", help="Its country.", metavar="COUNTRY")] = "",
    city: Annotated[str, typer.Option("--city", help="Its city.", metavar="CITY")] = "",
    postcode: Annotated[
        str, typer.Option("--postcode", help="Its postcode.", metavar="POSTCODE")
    ] = "",
    street: Annotated[
        str, typer.Option("--street", help="Its street and house number.", metavar="STREET")
    ] = "",
    domain: Annotated[
        str, typer.Option("--domain", help="Its domain or an e-mail address.", metavar="DOMAIN")
    ] = "",
    phone: Annotated[str, typer.Option("--phone", help="Its phone number.", metavar="PHONE")] = "",
    number: Annotated[
        str, typer.Option("--register-number", help="Its register number.", metavar="NUMBER")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", help="Companies to show.", min=1, max=40, metavar="N")
    ] = 10,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Find the companies that may be the one described.

    Compares the name, and what else you state, with the stored companies that share something with
    it. `same` is one company; for `review` a person must decide. A record of the company with
    another name is named if it is the one that matches. Nothing is stored.

    Example: sluice dedupe find "Nordwind Maschinenbau" --country DE
    """
    described = Described(
        name=name,
        country=country,
        city=city,
        postcode=postcode,
        street=street,
        domain=domain,
        phone=phone,
        register_number=number,
    )
    with open_session(user) as session:
        found = find_company(session, client, described, limit)

    if as_json:
        matches = [_as_json(one) for one in found.companies]
        emit_json({"matches": matches, "compared": found.compared})
        return
    for one in found.companies:
        emit(f"{one.alike.outcome}  {plain(one.name)}  {one.id}")
        if one.record.name != one.name:
            record = one.record
            emit(
                f"  by its record {plain(record.name)}   [{plain(record.list_name)}, row {record.row}]"
            )
        for_it, against = one.alike.reasons_for, one.alike.reasons_against
        emit(f"  log-odds {one.alike.odds:+.1f}: {plain('; '.join(for_it))}")
        if against:
            emit(f"  against: {plain('; '.join(against))}")
    if not found.companies:
        emit("no stored company may be this one")


def _as_json(one: FoundCompany) -> dict[str, object]:
    return {
        "company": str(one.id),
        "name": one.name,
        "outcome": str(one.alike.outcome),
        "odds": one.alike.odds,
        "record": one.record.name,
        "for": list(one.alike.reasons_for),
        "against": list(one.alike.reasons_against),
    }
