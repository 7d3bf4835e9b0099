"""`sluice icp`: check profiles, put them in force, look up their words, and replay verdicts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import profile_words, profiles, replaying
from actions.profiles import CheckedIcp
from actions.queue import Where
from actions.session import open_session
from console.cli.icp_options import IcpPath
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.warnings import note_warning
from console.cli.work import report_work
from leads.errors import SluiceError


def words(
    term: Annotated[
        str | None,
        typer.Argument(help="Such as dentists, 86.23, naics:31, erp or sites.", metavar="TERM"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the words of profiles, or explain one.

    A word is an industry, a code, a technology or its category, a place or a field. Technologies,
    places and legal forms are too many to list: look them up one by one.

    Example: sluice icp words dentists
    """
    if term is None:
        _list_words(as_json=as_json)
        return
    found = profile_words.explain_word(term)
    if as_json:
        emit_json([asdict(one) for one in found])
        return
    for one in found:
        emit(f"{one.field}: [{one.word}]")
        for line in one.means.splitlines():
            emit(f"  {line.strip()}")


def check(file: IcpPath, as_json: AsJson = False) -> None:
    """Check a profile and show what it asks.

    Errors name the line. Remarks name criteria that nothing can meet, that contradict each other,
    that change nothing, or that lists and pages cannot answer. Exit code 1: no company can ever
    fit.

    Example: sluice icp check examples/worked/icp.yaml
    """
    checked = profiles.check_icp(file)

    emit_json(_checked_json(checked)) if as_json else _show_check(checked)
    if checked.impossible:
        raise SluiceError(
            f"no company can ever fit {checked.icp.name} version {checked.icp.version}",
            "change the criteria that are named as a problem",
        )


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of profiles.

    Editors use it to complete and check a profile as you type.

    Example: sluice icp schema > icp.schema.json
    """
    emit(json.dumps(profiles.icp_schema(), indent=2))


def use(
    file: IcpPath,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Put a profile in force for a campaign.

    The campaign's companies are decided again. A version that was used before with other criteria
    is refused: raise its number. Without --campaign the campaign is named after the profile.

    Example: sluice icp use icp.yaml --campaign spring
    """
    read = profiles.read_icp(file)
    with open_session(user) as session:
        used = profiles.use_icp(session, read, client, campaign)

    icp, changed = used.icp, used.put_in_force.changed
    note_warning(used.put_in_force.warning)
    if as_json:
        emit_json(
            {
                "icp": icp.name,
                "version": icp.version,
                "campaign": used.campaign,
                "changed": changed,
            }
        )
    else:
        state = "is" if changed else "was already"
        emit(f"{icp.name} version {icp.version} {state} in force for {used.campaign}")
        note("see `sluice campaign show` for the stages, `sluice queue next` for a prospect")
    report_work(used.work)


def replay(
    every: Annotated[bool, typer.Option("--every", help="Superseded verdicts too.")] = False,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Check that verdicts follow from stored facts.

    Each verdict is decided again from the facts and the profile version that it names. Verdicts of
    an older evaluator may differ; they are counted apart. Nothing is written. Exit code 1: a
    verdict differs.

    Example: sluice icp replay --client nordwind
    """
    with open_session(user) as session:
        found = replaying.replay_verdicts(session, Where(client, campaign), every=every)

    different = len(found.different)
    if as_json:
        emit_json(replaying.replayed_json(found))
    else:
        emit(
            f"{found.verdicts:,} verdicts decided again: {found.same:,} the same,"
            f" {different:,} different"
        )
        if found.by_other_versions:
            emit(
                f"{found.by_other_versions:,} more differ, decided by an older evaluator;"
                " `sluice qualify` decides them again"
            )
    if different:
        raise SluiceError(
            f"{counted(different, 'verdict does', 'verdicts do')} not follow from the facts",
            "`sluice qualify` decides them again; please report it",
        )


def _list_words(*, as_json: bool) -> None:
    known = profile_words.list_words()
    if as_json:
        emit_json(known)
        return
    for field, listed in known.items():
        emit(f"{field}: {', '.join(listed)}")
    note("to explain a word, a technology, a place or a legal form: `sluice icp words WORD`")


def _checked_json(checked: CheckedIcp) -> dict[str, Any]:
    return {
        "icp": checked.icp.name,
        "version": checked.icp.version,
        "company_is": checked.icp.company_is.value,
        "criteria": [asdict(one) for one in checked.criteria],
        "remarks": [asdict(one) for one in checked.remarks],
    }


def _show_check(checked: CheckedIcp) -> None:
    icp, criteria, remarks = checked.icp, checked.criteria, checked.remarks
    asked = counted(len(criteria), "criterion", "criteria")
    wrong = counted(len(remarks), "remark") if remarks else "nothing wrong"
    emit(f"{icp.name} version {icp.version}: {asked}, {wrong}")
    for one in criteria:
        emit(f"  {one.section}: {one.id}: {one.asks}")
    for remark in remarks:
        emit(f"{remark.level}: {remark.criterion}: {remark.message}")
