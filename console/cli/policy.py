"""`sluice policy`: which channel may be used for whom."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import policies
from actions.policies import CountryChannel, ExplainedCompany, Rule
from actions.session import open_session
from console.cli.file_remarks import end_if_wrong, in_force, remark_line
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import UsageError

FilePath = Annotated[
    str, typer.Argument(help="A channel policy file; - for stdin.", metavar="FILE")
]
Country = Annotated[str | None, typer.Argument(help="A country, such as DE.", metavar="[COUNTRY]")]
Company = Annotated[str, typer.Argument(help="A company's name, domain or id.", metavar="COMPANY")]
_COLUMNS = {"channel": "CHANNEL", "to": "TO", "says": "SAYS", "why": "WHY", "source": "SOURCE"}


def show(
    country: Country = None,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Print the file, to copy and change it.")
    ] = False,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show which channel may be used for whom.

    Each rule allows a channel, asks to check something first (review), or denies it. A company of
    unknown legal form counts as a person. The policy of the product is no legal advice.

    Example: sluice policy show GB
    """
    if as_yaml and country:
        raise UsageError("--yaml prints the whole file", "leave out the country")
    with open_session(user) as session:
        found = policies.show_policy(session, client, country)

    if as_yaml:
        emit(found.text.rstrip("\n"))
        return
    rows = (
        [_row_of_country(one) for one in found.country]
        if country
        else [_row(one) for one in found.policy.rules]
    )
    if as_json:
        head = {"name": found.policy.name, "version": found.policy.version, "own": found.is_own}
        emit_json(head | {"channels": found.policy.channels, "rules": rows})
        return
    shown = [one | {"countries": ", ".join(one.get("countries", ()))} for one in rows]
    columns = _COLUMNS if country else {"countries": "COUNTRIES"} | _COLUMNS
    table(shown, columns | {"reviewed": "REVIEWED"}, empty="")
    whose = "of this client" if found.is_own else "of the product"
    note(f"{plain(found.policy.name)} version {found.policy.version}, {whose}")


def check(file: FilePath, as_json: AsJson = False) -> None:
    """Check a channel policy file.

    Finds unknown countries, channels and legal forms, rules that never count, and countries without
    a rule, each with its line. Exit code 2: the file cannot be read. Exit code 1: something must be
    changed.

    Example: sluice policy check policy.yaml
    """
    checked = policies.check_policy(file)
    if as_json:
        emit_json(
            {
                "name": checked.policy.name,
                "version": checked.policy.version,
                "rules": len(checked.policy.rules),
                "remarks": [asdict(one) for one in checked.remarks],
            }
        )
    else:
        for one in checked.remarks:
            emit(remark_line(file, one))
    end_if_wrong(file, checked.remarks)
    if not as_json:
        rules = counted(len(checked.policy.rules), "rule")
        emit(f"{plain(checked.policy.name)} version {checked.policy.version}: {rules}, no mistakes")


def use(
    file: FilePath,
    client: ClientName = "default",
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Put a channel policy in force for a client.

    Its prospects are placed again: those that no channel may reach are held as unreachable. Raise
    the version with every change: a version that was used is never changed.

    Example: sluice policy use policy.yaml --client nordwind
    """
    with Progress() as progress, open_session(user, progress) as session:
        used = policies.use_policy(session, file, client, dry_run=dry_run)

    name, version = used.policy.name, used.policy.version
    if as_json:
        emit_json({"name": name, "version": version, "changed": used.changed})
    else:
        how = in_force(changed=used.changed, dry_run=dry_run)
        emit(f"{plain(name)} version {version} {how} for {client}")
    if used.work:
        report_work(used.work)


def explain(
    company: Company,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Explain how a company may be contacted, channel by channel.

    Says what each channel allows and why, and what would make an unreachable company reachable.

    Example: sluice policy explain "Acme GmbH"
    """
    with open_session(user) as session:
        found = policies.explain_company(session, client, company)

    if as_json:
        emit_json(_document(found))
        return
    who = found.who
    countries = ", ".join(who.countries) or "unknown"
    forms = ", ".join(who.forms) or "unknown"
    emit(f"{plain(found.name)}: country {countries}, legal form {forms}: counts as a {found.kind}")
    for one in found.channels:
        used = "" if one.channel in found.policy.channels else " (this client does not use it)"
        emit(f"  {plain(one.ruling.reason)}{used}")
        for point, said in one.points:
            apart = "" if said == one.ruling else f": {said.says} ({plain(said.reason)})"
            emit(f"    {plain(point)}{apart}")
    emit(plain(found.unreachable) if found.unreachable else "may be contacted")


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of channel policy files.

    Example: sluice policy schema > policy.schema.json
    """
    emit_json(policies.policy_schema())


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "countries": sorted(rule.countries),
        "channel": rule.channel,
        "to": rule.to or "both",
        "says": rule.says,
        "code": rule.code,
        "why": rule.why,
        "source": rule.source,
        "reviewed": rule.reviewed,
    }


def _row_of_country(one: CountryChannel) -> dict[str, Any]:
    if one.rule is None:
        nothing = {"code": "no-rule", "why": "the policy has no rule", "source": ""}
        return {"channel": one.channel, "to": one.to, "says": "deny", **nothing, "reviewed": None}
    row = _row(one.rule) | {"to": one.to}
    del row["countries"]
    return row


def _document(found: ExplainedCompany) -> dict[str, Any]:
    return {
        "company": found.name,
        "policy": {"name": found.policy.name, "version": found.policy.version},
        "countries": found.who.countries,
        "legal_forms": found.who.forms,
        "counts_as": found.kind,
        "channels": [
            {
                "channel": one.channel,
                "used": one.channel in found.policy.channels,
                **asdict(one.ruling),
                "points": [{"value": value, **asdict(said)} for value, said in one.points],
            }
            for one in found.channels
        ],
        "unreachable": found.unreachable,
    }
