"""The channel policy of a client: show it, check a file, put one in force, explain a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.actor import Right
from actions.file_remarks import PlacedRemark, refuse
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from actions.yaml_files import yaml_text
from leads.changes import VerdictsChanged
from leads.clock import now
from leads.errors import UsageError
from leads.lexicon.places.countries import country_code
from leads.store import campaigns, companies, company_search
from leads.yaml_lines import line_of
from outreach import policy_file
from outreach.policy import CHANNELS, ChannelPolicy, Kind, Recipient, Rule, Ruling, kind_of, ruling
from outreach.policy_checks import remarks
from outreach.policy_file import KIND, PolicyFile
from outreach.policy_text import stored
from outreach.reach import Reach, point_ruling, unreachable
from outreach.run import policies
from outreach.run.reaching import ReachScope, reaches

__all__ = [
    "ChannelPolicy",
    "CheckedPolicy",
    "CountryChannel",
    "ExplainedChannel",
    "ExplainedCompany",
    "Rule",
    "Shown",
    "Used",
]


@dataclass(frozen=True, slots=True)
class CountryChannel:
    """What holds for one channel and kind of recipient in a country."""

    channel: str
    to: Kind
    #: None: the policy has no rule, which denies.
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The policy in force for a client."""

    policy: ChannelPolicy
    is_own: bool
    text: str
    #: Of one country, channel by channel; empty when none was named.
    country: Sequence[CountryChannel] = ()


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """A policy file, and everything that is wrong with it as a whole."""

    policy: ChannelPolicy
    file: PolicyFile
    text: str
    remarks: Sequence[PlacedRemark]


@dataclass(frozen=True, slots=True)
class Used:
    """The policy that a client has in force now."""

    policy: ChannelPolicy
    changed: bool
    #: None in a dry run.
    work: WorkedOff | None


@dataclass(frozen=True, slots=True)
class ExplainedChannel:
    """What a channel allows for a company, and its contact points with what each allows."""

    channel: str
    ruling: Ruling
    points: Sequence[tuple[str, Ruling]]


@dataclass(frozen=True, slots=True)
class ExplainedCompany:
    """How a company may be contacted, and why."""

    name: str
    policy: ChannelPolicy
    who: Recipient
    kind: Kind
    channels: Sequence[ExplainedChannel]
    #: Why no channel may reach it, and what would; None when one may.
    unreachable: str | None


def show_policy(session: Session, client: str, country: str | None) -> Shown:
    """Show the policy in force for a client, or what it says about one country."""
    code = country_code(country) if country else None
    if country and code is None:
        raise UsageError(f"{country!r} is not a country", "write a code or a name, such as DE")
    with session.read(Right.LOOK) as work:
        text, is_own = policies.text_in_force(work.tx, work.client(client))
    policy = stored(text)
    rows = [
        CountryChannel(channel, kind, policy.rule(code, channel, kind))
        for channel in (CHANNELS if code else ())
        for kind in Kind
        if code
    ]
    return Shown(policy, is_own, text, rows)


def check_policy(path: str) -> CheckedPolicy:
    """Read a file and check it; UsageError with its line at the first thing that cannot be read."""
    text = yaml_text(path, "`sluice policy show --yaml > FILE` makes one")
    file = policy_file.read(text, path)
    policy = stored(text)
    found = [
        PlacedRemark(line_of(text, path, KIND, one.path), one.path, one.message)
        for one in remarks(policy, now().date())
    ]
    return CheckedPolicy(policy, file, text, found)


def use_policy(session: Session, path: str, client: str, *, dry_run: bool = False) -> Used:
    """Put a file in force for a client; UsageError when the check finds anything."""
    checked = check_policy(path)
    refuse(path, checked.remarks, "policy check")
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(client)
        content_hash = checked.file.content_hash()
        changed = policies.use(work.tx, client_id, checked.text, content_hash, work.actor.name)
        if changed and not dry_run:
            some = tuple(companies.ids_of(work.tx, client_id))
            active = campaigns.with_icp(work.tx, client_id)
            work.follow([VerdictsChanged(client_id, one, some) for one in active])
    done = work_off(session) if changed and not dry_run else None
    return Used(checked.policy, changed, done)


def policy_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of such files."""
    return policy_file.schema()


def explain_company(session: Session, client: str, company: str) -> ExplainedCompany:
    """Explain how a company may be contacted, channel by channel."""
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        found = company_search.find(work.tx, client_id, company)
        scope = ReachScope(client_id, None, session.secret)
        policy = policies.in_force(work.tx, client_id)
        reach = reaches(work.tx, scope, [found.id])[found.id]
    return ExplainedCompany(
        name=found.name,
        policy=policy,
        who=reach.who,
        kind=kind_of(policy, reach.who.forms),
        channels=[_explained(policy, reach, one) for one in CHANNELS],
        unreachable=unreachable(policy, reach),
    )


def _explained(policy: ChannelPolicy, reach: Reach, channel: str) -> ExplainedChannel:
    points = [
        (one, point_ruling(policy, reach, channel, one)) for one in reach.points.get(channel, ())
    ]
    return ExplainedChannel(channel, ruling(policy, reach.who, channel), points)
