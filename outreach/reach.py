"""Whether a policy leaves any way to a company, and what would open one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from outreach.policy import OBJECTED, ChannelPolicy, Kind, Recipient, Ruling, Says, kind_of, ruling

#: The reason of a company that no channel may reach starts with this.
UNREACHABLE = "unreachable: "
#: The code of a contact point that may be used because somebody agreed.
CONSENTED = "consent"
#: What a channel needs, in the order in which it is asked for.
_NEEDS = {
    "phone": "a phone number",
    "email": "an e-mail address",
    "post": "a postal address",
    "social": "a profile on a network",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to be contacted at a contact point, when and how."""

    who: str
    day: date
    source: str

    def __str__(self) -> str:
        return f"consent{f' of {self.who}' if self.who else ''} on {self.day} ({self.source})"


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of the ways to a company."""

    who: Recipient = field(default_factory=Recipient)
    #: By channel, the contact points that are known.
    points: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: By channel and point, why this one must not be used; the point "" means all of a channel.
    barred: Mapping[tuple[str, str], str] = field(default_factory=dict)

    #: By channel and point, the consent that holds.
    agreed: Mapping[tuple[str, str], Agreed] = field(default_factory=dict)

    def bar(self, channel: str, point: str) -> str | None:
        """Why a contact point must not be used, apart from the policy."""
        return self.barred.get((channel, "")) or self.barred.get((channel, point))


def point_ruling(policy: ChannelPolicy, reach: Reach, channel: str, point: str) -> Ruling:
    """What a contact point allows: a bar of its own counts first, then an objection of the company,
    then consent, then the policy.
    """
    found = ruling(policy, reach.who, channel)
    if bar := reach.bar(channel, point):
        return replace(found, says=Says.DENY, code="suppressed", reason=bar)
    agreed = reach.agreed.get((channel, point))
    if agreed is None or found.code == OBJECTED:
        return found
    return Ruling(Says.ALLOW, CONSENTED, f"{channel}: allow ({agreed})", agreed.source)


def unreachable(policy: ChannelPolicy, reach: Reach) -> str | None:
    """Why no channel of the client may reach a company, and what would; None when one may."""
    known = [one for one in policy.channels if reach.points.get(one)]
    # A page on a network is a place to look a number up, as a site is.
    if not set(known) - {"social"} and not policy.holds_unknown:
        return None
    refused: dict[str, str] = {}
    for channel in known:
        found = [point_ruling(policy, reach, channel, point) for point in reach.points[channel]]
        if any(one.allowed for one in found):
            return None
        refused[channel] = found[0].reason
    said = "; ".join(refused.values()) or "no contact point is known"
    return f"{UNREACHABLE}{said}; {_way_out(policy, reach, refused)}"


def _way_out(policy: ChannelPolicy, reach: Reach, refused: Collection[str]) -> str:
    """What would make a company reachable, in words."""
    wanted: dict[str, None] = {}
    for channel in (one for one in _NEEDS if one in policy.channels):
        if ruling(policy, reach.who, channel).allowed:
            need = _NEEDS[channel]
            wanted[f"another {need.split(' ', 1)[1]}" if channel in refused else need] = None
    denied = [one for one in refused if not ruling(policy, reach.who, one).allowed]
    for changed, what in _better(policy, reach.who):
        if any(ruling(policy, changed, one).allowed for one in denied):
            wanted[what] = None
    if not wanted:
        return "nothing that may be found out opens a channel: change the policy or ask for consent"
    return f"reachable with {_either(list(wanted))}"


def _better(policy: ChannelPolicy, who: Recipient) -> list[tuple[Recipient, str]]:
    """What else the company may be, and in words what shows it."""
    found = []
    if not who.forms and kind_of(policy, who.forms) is Kind.PERSON:
        # Any form that is not a person's.
        found.append((replace(who, forms=("",)), "a legal form that is a company"))
    if not who.countries:
        found.append((replace(who, countries=("",)), "a country"))
    return found


def _either(some: Sequence[str]) -> str:
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} or {some[-1]}"
