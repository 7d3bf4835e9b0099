"""`sluice forget`: erase a company everywhere."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from actions import forgetting
from actions.forgetting import ForgottenCompany
from actions.session import Session, open_session
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from leads.errors import NotAllowedError, SluiceError, UsageError


def forget(
    whom: Annotated[
        str, typer.Argument(help="A company, e-mail, phone or person.", metavar="WHOM")
    ],
    person: Annotated[bool, typer.Option("--person", help="WHOM is a person's full name.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Erase a company, person, e-mail or phone everywhere.

    The same company goes at every client: facts, list rows, the pages of its own site, queue,
    leases, dispositions, notes, contacts, signals, export rows and verdicts. Of an e-mail address
    or a phone number go its facts, the cells of list rows, the pages of sites that state it,
    contacts, and the notes and reasons that mention it; with a person's own address goes the
    person, as with --person. With --person go contacts of that name, and
    the cells, pages, notes, reasons and quotes that mention it.

    First the counts are shown; --yes, or the name typed at a terminal, erases. Without either the
    command ends with code 2, and with --dry-run it only counts. Only keyed hashes
    stay, as suppressions for every client: a list that names it again does not bring it back.
    Backups and files that were exported keep what they hold. Only an admin of every client may;
    nothing undoes it.

    Example: sluice forget "Acme GmbH" --dry-run
    """
    with open_session(user) as session:
        planned = _forget(session, client, whom, person=person, dry_run=True)
        is_told = yes and not dry_run
        _announce(planned, is_told=is_told, as_json=as_json)
        asks = not (yes or dry_run or as_json) and sys.stdin.isatty()
        done = None
        if is_told or (asks and _confirmed(planned)):
            # A typed answer may take minutes, and pages may be stored meanwhile: search again.
            same = None if asks else planned
            done = _forget(session, client, whom, person=person, dry_run=False, planned=same)

    _tell(planned, done, as_json=as_json)
    if done is None and not dry_run:
        raise _refusal(planned.name, typed=asks)


def _announce(planned: ForgottenCompany, *, is_told: bool, as_json: bool) -> None:
    if not as_json:
        _show(planned, "to be erased" if is_told else "would be erased")


def _tell(planned: ForgottenCompany, done: ForgottenCompany | None, *, as_json: bool) -> None:
    if as_json:
        emit_json(_document(done or planned, erased=done is not None))
    elif done:
        _show(done, "erased")


def _refusal(name: str, *, typed: bool) -> SluiceError:
    """The error of a command that was to erase and did not: no script takes it for done."""
    if typed:
        return NotAllowedError(
            "nothing was erased: another name was typed", f"type {name} exactly, or add --yes"
        )
    return UsageError(
        "nothing was erased: --yes is missing", "add --yes to erase it; --dry-run only counts"
    )


def _confirmed(planned: ForgottenCompany) -> bool:
    typed = typer.prompt(f"Type {plain(planned.name)} to erase it", err=True)
    return str(typed).strip() == planned.name


def _forget(
    session: Session,
    client: str,
    whom: str,
    *,
    person: bool,
    dry_run: bool,
    planned: ForgottenCompany | None = None,
) -> ForgottenCompany:
    if person:
        return forgetting.forget_named(session, whom, dry_run=dry_run, planned=planned)
    return forgetting.forget(session, client, whom, dry_run=dry_run, planned=planned)


def _show(found: ForgottenCompany, what: str) -> None:
    if not found.companies:
        emit(f"{plain(found.name)}: {what}")
    for name in found.persons:
        emit(f"{plain(name)}, whose address it is: {what}")
    for client, name in found.companies:
        emit(f"{plain(name)} of client {plain(client)}: {what}")
    for name, number in sorted(found.counts.items()):
        emit(f"  {number:>8,} {name}")
    emit(f"  {counted(found.hashes, 'keyed hash', 'keyed hashes')} kept, to bar its return")
    if found.shared_sites:
        note(f"pages of {', '.join(found.shared_sites)} stay: another company has that site")


def _document(found: ForgottenCompany, *, erased: bool) -> dict[str, object]:
    return {
        "erased": erased,
        "companies": [{"client": client, "name": name} for client, name in found.companies],
        "persons": list(found.persons),
        "counts": dict(found.counts),
        "hashes": found.hashes,
        "shared_sites": found.shared_sites,
    }
