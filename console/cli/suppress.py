"""`sluice suppress`: who must not be contacted."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import suppressions
from actions.session import open_session
from actions.suppressions import ImportedSuppressions, Scope, Suppressed, SuppressionRow
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, Reason, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.work import report_work
from leads.errors import PartlyDoneError

#: How many rejected lines are shown.
SHOWN = 20

Whom = Annotated[
    str,
    typer.Argument(help="Company name, domain, e-mail address or phone number.", metavar="WHOM"),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind", help="company, domain, email or phone; default: detected.", metavar="KIND"
    ),
]
Level = Annotated[
    str,
    typer.Option(
        "--level", help="law, agency (every client), client or campaign.", metavar="LEVEL"
    ),
]


def add(
    text: Whom,
    kind: Kind = None,
    level: Level = "client",
    reason: Reason = "",
    dry_run: DryRun = False,
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Suppress a company, domain, e-mail address or phone.

    The output names the kind that was detected. The suppression lasts until `sluice suppress end`.
    With --dry-run it counts the stored companies that the suppression matches.

    Example: sluice suppress add acme.example --reason "asked us to stop"
    """
    scope = Scope(Where(client, campaign), level)
    with open_session(user) as session:
        done = suppressions.add(session, scope, text, kind=kind, reason=reason, dry_run=dry_run)

    if as_json:
        result = {"kind": done.kind, "subject": text, "level": level, "new": done.is_new}
        emit_json(result | ({"matches": done.matches} if dry_run else {}))
        return
    emit(f"{done.kind} {text}: {_result(done, dry_run=dry_run)}")
    report_work(done.work)


def check(
    text: Whom,
    kind: Kind = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Check whether somebody is suppressed.

    Each suppression that matches is shown.

    Example: sluice suppress check "Acme GmbH"
    """
    with open_session() as session:
        found = suppressions.check(session, Where(client, campaign), text, kind=kind)

    if as_json:
        emit_json({"suppressed": bool(found), "by": [row_json(one) for one in found]})
        return
    for one in found:
        line = f"suppressed: {one.subject}, by {one.by} on {one.at:%Y-%m-%d} for {one.level}"
        emit(f"{line} {one.reason}".rstrip())
    if not found:
        emit("not suppressed")


def end(
    request: Annotated[
        str, typer.Argument(help="The id that `sluice suppress list` shows.", metavar="ID")
    ],
    level: Level = "client",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """End a suppression.

    It ends under all its forms. Other suppressions of the same company stay.

    Example: sluice suppress end 0199a8c0-1111-7222-8333-444455556666
    """
    with open_session(user) as session:
        request_id = suppressions.end(session, Scope(Where(client), level), request)

    emit_json({"ended": request_id}) if as_json else emit(f"ended {request_id}")


def import_file(
    file: Annotated[
        str,
        typer.Argument(help="A text file, one entry a line; - for stdin.", metavar="FILE"),
    ],
    level: Level = "client",
    reason: Reason = "",
    dry_run: DryRun = False,
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Suppress everything that a file names.

    Each line is a company, domain, e-mail address or phone number. Importing the same file again
    changes nothing. Exit code 5: some lines were rejected; the others were stored.

    Example: sluice suppress import robinson-list.txt --level agency
    """
    scope = Scope(Where(client, campaign), level)
    with open_session(user) as session:
        done = suppressions.import_file(session, scope, file, reason=reason, dry_run=dry_run)

    _report(done, as_json=as_json)
    if dry_run:
        note("nothing was written")
    report_work(done.work)
    if done.rejected:
        raise PartlyDoneError(
            f"{counted(len(done.rejected), 'line was', 'lines were')} rejected",
            "correct them and import the file again: what is known stays as it is",
        )


def _result(done: Suppressed, *, dry_run: bool) -> str:
    if not done.is_new:
        result = "was suppressed already"
    else:
        result = "would be suppressed" if dry_run else "suppressed"
    if dry_run:
        companies = counted(done.matches, "company", "companies")
        result = f"{result}; matches {companies}"
    return result


def _report(done: ImportedSuppressions, *, as_json: bool) -> None:
    counts = {"new": done.new, "known": done.known, "rejected": len(done.rejected)}
    if as_json:
        emit_json(counts)
    else:
        emit(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    for number, error in done.rejected[:SHOWN]:
        note(f"line {number}: {error}")
    if len(done.rejected) > SHOWN:
        note(f"and {counted(len(done.rejected) - SHOWN, 'more line', 'more lines')}")


def row_json(row: SuppressionRow) -> dict[str, Any]:
    """Return a suppression under its documented keys."""
    return {
        "request_id": row.request_id,
        "subject": row.subject,
        "kind": row.kind,
        "key": row.key,
        "level": row.level,
        "reason": row.reason,
        "by": row.by,
        "at": row.at,
    }
