"""`sluice providers`: the paid providers that files describe."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any

import typer

from actions import providers
from actions.providers import Listed, ListedProvider
from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table

STANDARD = "-"
FilePath = Annotated[str, typer.Argument(help="A provider's file; - for stdin.", metavar="FILE")]


def list_all(as_json: AsJson = False) -> None:
    """List the paid providers.

    Files in the folder `providers` of SLUICE_HOME, each called NAME.yaml, take the place of ready
    ones of that name. A key is read from the environment variable that the file names.

    Example: sluice providers list
    """
    found = providers.list_providers()
    if as_json:
        emit_json(
            {
                "providers": [_json(one) for one in found.providers],
                "broken": [
                    {"provider": one.name, "file": one.path, "error": one.error}
                    for one in found.broken
                ],
            }
        )
        return
    _table(found)


def show(
    name: Annotated[str, typer.Argument(help="A provider's name.", metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Print the file of a provider, and whether its key is set.

    Example: sluice providers show apollo > apollo.yaml
    """
    found = providers.show_provider(name)
    if as_json:
        emit_json(_json(found) | {"yaml": found.text})
        return
    emit(found.text.rstrip())
    note(f"file: {plain(found.path) or 'comes with Sluice'}")
    note(f"key: {_key(found)}")


def check(file: FilePath, as_json: AsJson = False) -> None:
    """Check a provider's file.

    Finds unknown words, paths that are none, keys in the file and addresses that are not public,
    each with its line. Exit code 2: something must be changed.

    Example: sluice providers check apollo.yaml
    """
    found = providers.check_file(file)
    if as_json:
        emit_json(_json(found))
        return
    card = found.card
    emit(f"{plain(card.title)} version {found.file.version}: no mistakes")
    note(f"asks {', '.join(sorted(card.hosts))} by {' or '.join(sorted(card.asks_by))}")
    note(f"answers {', '.join(sorted(card.attributes))}")
    note(f"costs {card.price} for each {card.billing}")
    note(f"key: {_key(found)}")
    named = f"{found.file.provider}.yaml"
    if file != STANDARD and PurePath(file).name != named:
        note(f"call it {named}: a file of another name is not used")


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of providers' files.

    Example: sluice providers schema > provider.schema.json
    """
    emit_json(providers.file_schema())


def _table(found: Listed) -> None:
    rows = [
        {
            "name": one.file.provider,
            "title": one.card.title,
            "price": f"{one.card.price} a {one.card.billing}",
            "asks": ", ".join(sorted(one.card.asks_by)),
            "key": _key(one),
            "file": one.path or "comes with Sluice",
        }
        for one in found.providers
    ]
    columns = {
        "name": "NAME",
        "title": "TITLE",
        "price": "PRICE",
        "asks": "ASKED BY",
        "key": "KEY",
        "file": "FILE",
    }
    table(rows, columns, empty="there are no providers")
    for one in found.broken:
        first = one.error.partition("\n")[0]
        note(f"{plain(one.name)} cannot be used: {plain(first)}; see `sluice providers check`")


def _key(one: ListedProvider) -> str:
    if one.has_key is None:
        return "none needed"
    return f"{one.card.key_variable} is {'set' if one.has_key else 'not set'}"


def _json(one: ListedProvider) -> dict[str, Any]:
    card = one.card
    return {
        "provider": one.file.provider,
        "version": one.file.version,
        "title": card.title,
        "about": one.file.about,
        "file": one.path or None,
        "key_variable": card.key_variable or None,
        "key_set": one.has_key,
        "hosts": sorted(card.hosts),
        "asks_by": sorted(card.asks_by),
        "attributes": sorted(card.attributes),
        "countries": sorted(card.countries),
        "price": {"amount": str(card.price.units), "currency": card.price.currency},
        "billing": str(card.billing),
        "limits": [{"requests": one.requests, "seconds": one.seconds} for one in card.limits],
        "fresh_days": card.fresh_days,
        "shared": card.shared,
        "licence": card.licence,
        "attribution": card.attribution,
    }
