"""`sluice dispositions`: what each result of a contact leads to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

import typer

from actions import dispositions
from actions.dispositions import DispositionRule
from actions.session import open_session
from console.cli.file_remarks import end_if_wrong, in_force, remark_line
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.tables import table

FilePath = Annotated[str, typer.Argument(help="A disposition file; - for stdin.", metavar="FILE")]


def list_all(
    client: ClientName = "default",
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Print the file, to copy and change it.")
    ] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List what a user can report, and what follows.

    Example: sluice dispositions list --yaml > dispositions.yaml
    """
    with open_session(user) as session:
        found = dispositions.list_dispositions(session, client)

    if as_yaml:
        emit(found.text.rstrip("\n"))
        return
    rules = list(found.every.rules.values())
    if as_json:
        head = {"name": found.every.name, "version": found.every.version}
        emit_json(
            head | {"own": found.own_version is not None, "outcomes": [_json(one) for one in rules]}
        )
        return
    rows = [
        {"key": one.key, "name": one.name, "meaning": one.meaning, "then": _follows(one)}
        for one in rules
    ]
    table(rows, {"key": "KEY", "name": "NAME", "meaning": "MEANING", "then": "THEN"}, empty="")
    whose = "of this client" if found.own_version else "of the product"
    note(f"{plain(found.every.name)} version {found.every.version}, {whose}")


def check(file: FilePath, as_json: AsJson = False) -> None:
    """Check a disposition file.

    Finds unknown words, loops, outcomes that nothing leads to and keys that are taken, each with
    its line. Exit code 2: the file cannot be read. Exit code 1: something must be changed.

    Example: sluice dispositions check dispositions.yaml
    """
    checked = dispositions.check_file(file)
    if as_json:
        emit_json(
            {
                "name": checked.every.name,
                "version": checked.every.version,
                "outcomes": list(checked.every.rules),
                "remarks": [asdict(one) for one in checked.remarks],
            }
        )
    else:
        for one in checked.remarks:
            emit(remark_line(file, one))
    end_if_wrong(file, checked.remarks)
    if not as_json:
        outcomes = counted(len(checked.every.rules), "outcome")
        emit(
            f"{plain(checked.every.name)} version {checked.every.version}: {outcomes}, no mistakes"
        )


def use(
    file: FilePath,
    client: ClientName = "default",
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Put a disposition file in force for a client.

    Raise its version with every change: a version that was used is never changed.

    Example: sluice dispositions use dispositions.yaml --client nordwind
    """
    with open_session(user) as session:
        used = dispositions.use_file(session, file, client, dry_run=dry_run)

    if as_json:
        emit_json({"name": used.every.name, "version": used.every.version, "changed": used.changed})
        return
    how = in_force(changed=used.changed, dry_run=dry_run)
    emit(f"{plain(used.every.name)} version {used.every.version} {how} for {client}")


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of disposition files.

    Example: sluice dispositions schema > dispositions.schema.json
    """
    emit_json(dispositions.file_schema())


def _follows(rule: DispositionRule) -> str:
    """Write what follows, in a few words."""
    parts = [rule.relationship or ""]
    if rule.again_after:
        parts.append(f"again in {_length(rule.again_after)}")
    if "when" in rule.needs:
        parts.append("again when you say")
    parts += [
        f"{count} times by {channel}: {rule.then}" for channel, count in rule.attempts.items()
    ]
    if rule.suppresses:
        lasts = f" for {_length(rule.suppressed_for)}" if rule.suppressed_for else ""
        parts.append(f"no contact ({rule.suppresses}){lasts}")
    return ", ".join(part for part in parts if part)


def _length(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes % size == 0:
            return counted(minutes // size, unit)
    return counted(minutes, "minute")


def _json(rule: DispositionRule) -> dict[str, Any]:
    return asdict(rule) | {
        "again_after": _seconds(rule.again_after),
        "suppressed_for": _seconds(rule.suppressed_for),
        "needs": sorted(rule.needs),
    }


def _seconds(time: timedelta | None) -> int | None:
    return int(time.total_seconds()) if time else None
