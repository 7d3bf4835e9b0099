"""`sluice suppress`: who must not be contacted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from actions import suppressions
from actions.session import open_session
from actions.suppressions import Hits, Scope, Suppressed, SuppressionRow
from actions.where import Where
from console.cli.moments import future_moment, shown, user_zone
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, Reason, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.work import report_work

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
Country = Annotated[
    str | None,
    typer.Option(
        "--country", help="Of phone numbers in national form, such as DE.", metavar="CODE"
    ),
]

Until = Annotated[
    str | None,
    typer.Option(
        "--until", help="The last day, or a time; then it lifts by itself.", metavar="WHEN"
    ),
]

Channel = Annotated[
    str | None,
    typer.Option("--channel", help="Stop only phone, email, post or social.", metavar="CHANNEL"),
]


def add(
    text: Whom,
    kind: Kind = None,
    country: Country = None,
    level: Level = "client",
    reason: Reason = "",
    until: Until = None,
    channel: Channel = None,
    dry_run: DryRun = False,
    user: UserName = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    as_json: AsJson = False,
) -> None:
    """Suppress a company, domain, e-mail address or phone.

    The output names the kind that was detected, and counts the stored companies that it matches and
    the open cards that leave the queue. The suppression lasts until `sluice suppress end`, or lifts
    by itself after `--until`: the end of that day in your time zone, or the given time. What names
    no single company is refused: a legal form, a number, a country, a domain of many. With
    --channel the company stays in the queue while another channel may reach it.

    Example: sluice suppress add acme.example --reason "asked us to stop"
    """
    scope, ends = Scope(Where(client, campaign), level), last_moment(until)
    with open_session(user) as session:
        done = suppressions.add(
            session,
            scope,
            text,
            kind=kind,
            country=country,
            reason=reason,
            until=ends,
            channel=channel,
            dry_run=dry_run,
        )

    if as_json:
        emit_json(
            {
                "kind": done.kind,
                "subject": text,
                "level": level,
                "until": ends,
                "channel": channel,
                "new": done.is_new,
                "matches": done.hits.companies,
                "matches_by_name": done.hits.by_name,
                "open_cards": done.hits.open_cards,
                "nearest": done.hits.nearest,
            }
        )
    else:
        emit(f"{done.kind} {text}: {_result(done, channel, dry_run=dry_run)}")
        note_until(ends)
        note_no_match(done.hits)
    if done.owner:
        note(f"many have a page on {text}: this concerns the company named {done.owner!r} only")
    report_work(done.work)


def last_moment(until: str | None) -> datetime | None:
    """When a suppression lifts by itself: the end of the day that the user names, or the time."""
    if until is None:
        return None
    moment = future_moment(until)
    return moment.day_ends or moment.at


def note_until(ends: datetime | None) -> None:
    """Say when it lifts by itself."""
    if ends is not None:
        note(f"lifts by itself at {shown(ends, user_zone(None))}")


def note_no_match(hits: Hits) -> None:
    """Say so when no company matches, with the names that may have been meant."""
    if hits.companies:
        return
    near = f"; the nearest names are {plain(', '.join(hits.nearest))}" if hits.nearest else ""
    note(f"no stored company matches{near}")


def hit(hits: Hits, *, dry_run: bool = False) -> str:
    """`matches 2 companies, takes 1 open card out of the queue`."""
    companies = _companies(hits)
    if not hits.open_cards:
        return f"matches {companies}, no open card in the queue"
    cards = counted(hits.open_cards, "open card")
    return f"matches {companies}, {'would take' if dry_run else 'takes'} {cards} out of the queue"


def _companies(hits: Hits) -> str:
    companies = counted(hits.companies, "company", "companies")
    if not hits.by_name:
        return companies
    if hits.by_name < hits.companies:
        return f"{companies} ({hits.by_name:,} by the words of the name)"
    return f"{companies} by the words of {'its name' if hits.by_name == 1 else 'their names'}"


def check(
    text: Whom,
    kind: Kind = None,
    country: Country = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Check whether somebody is suppressed.

    Each suppression that matches is shown.

    Example: sluice suppress check "Acme GmbH"
    """
    with open_session(user) as session:
        where = Where(client, campaign)
        found = suppressions.check(session, where, text, kind=kind, country=country)

    if as_json:
        emit_json({"suppressed": bool(found), "by": [row_json(one) for one in found]})
        return
    for one in found:
        whom = one.subject or "(erased)"
        line = f"suppressed: {whom}, by {one.by} on {one.at:%Y-%m-%d} for {one.level}"
        line += f", {one.channel} only" if one.channel else ""
        last = f", until {one.until:%Y-%m-%d %H:%M} UTC" if one.until else ""
        emit(f"{line}{last} {one.reason}".rstrip())
    if not found:
        emit("not suppressed")


def end(
    whom: Annotated[
        str,
        typer.Argument(help="Its id, or the company, domain, e-mail or phone.", metavar="WHOM"),
    ],
    kind: Kind = None,
    country: Country = None,
    level: Level = "client",
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """End a suppression.

    It ends under all its forms. Other suppressions of the same company stay. Where several
    suppressions name what you name, the one that names nothing else ends; otherwise the message
    lists their ids, as `sluice suppress list` does.

    Example: sluice suppress end acme.example --reason "asked for an offer"
    """
    with open_session(user) as session:
        request_id = suppressions.end(
            session,
            Scope(Where(client), level),
            whom,
            kind=kind,
            country=country,
            reason=reason,
        )

    emit_json({"ended": request_id}) if as_json else emit(f"ended {request_id}")


def _result(done: Suppressed, channel: str | None, *, dry_run: bool) -> str:
    if not done.is_new:
        result = "was suppressed already"
    else:
        result = "would be suppressed" if dry_run else "suppressed"
    if channel is None:
        return f"{result}; {hit(done.hits, dry_run=dry_run)}"
    companies = counted(done.hits.companies, "company", "companies")
    return f"{result}; matches {companies}, which another channel may still reach"


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
        "until": row.until,
        "channel": row.channel,
    }
