"""Which channel may be used for whom: the rules of a country, and the first that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CHANNELS = ("phone", "email", "post", "social")
#: Countries of a rule that are no country: every one, and those of companies without one.
ANY, UNKNOWN = "any", "unknown"
#: The code of a refusal that rests on what a register says.
OBJECTED = "objection"
_SHOWN = {"phone": "phone", "email": "e-mail", "post": "post", "social": "message"}
#: What an objection to one of these channels is called in registers; the rest means all of them.
_ALL = frozenset({"all", "any", "marketing"})


class Says(StrEnum):
    """What a rule says; the last is the strictest."""

    ALLOW = "allow"
    REVIEW = "review"
    DENY = "deny"


class Kind(StrEnum):
    """What the law takes a recipient for."""

    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one channel in some countries."""

    #: Alpha-2 codes, `unknown` or `any`.
    countries: frozenset[str]
    channel: str
    #: None: companies and persons.
    to: Kind | None
    says: Says
    code: str
    why: str
    source: str
    #: None: nobody has read the source yet.
    reviewed: date | None

    def fits(self, country: str, channel: str, kind: Kind) -> bool:
        """Whether the rule is about this country, channel and kind."""
        here = country in self.countries or ANY in self.countries
        return here and self.channel == channel and self.to in (None, kind)


@dataclass(frozen=True, slots=True)
class ChannelPolicy:
    """The rules of a client, the strictest reading where something is unknown."""

    name: str
    version: int
    #: Those that the client uses.
    channels: tuple[str, ...]
    #: Whether a prospect without any contact point is held.
    holds_unknown: bool
    #: Legal forms that count as a person.
    person_forms: frozenset[str]
    rules: tuple[Rule, ...]

    def rule(self, country: str, channel: str, kind: Kind) -> Rule | None:
        """The first rule that fits."""
        return next((one for one in self.rules if one.fits(country, channel, kind)), None)


@dataclass(frozen=True, slots=True)
class Recipient:
    """What decides about a company's channels."""

    #: Alpha-2; several when its facts disagree.
    countries: tuple[str, ...] = ()
    #: Canonical legal forms.
    forms: tuple[str, ...] = ()
    #: By channel or `all`, who says that it objects.
    objections: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a channel may be used for a company, and why."""

    says: Says
    code: str
    #: One sentence: channel, recipient, decision, source and reason.
    reason: str
    source: str = ""
    reviewed: date | None = None

    @property
    def allowed(self) -> bool:
        """Whether the channel may be used, if only after a check."""
        return self.says is not Says.DENY


_ORDER = list(Says)


def kind_of(policy: ChannelPolicy, forms: Iterable[str]) -> Kind:
    """What legal forms make of a recipient: one that is unknown or a person's makes it a person."""
    known = list(forms)
    if not known or any(one in policy.person_forms for one in known):
        return Kind.PERSON
    return Kind.COMPANY


def ruling(policy: ChannelPolicy, who: Recipient, channel: str) -> Ruling:
    """What a policy says about a channel for a company; of several countries the strictest."""
    for named, source in (who.objections or {}).items():
        if named == channel or named in _ALL:
            reason = f"{_SHOWN[channel]}: deny ({source} says that it objects)"
            return Ruling(Says.DENY, OBJECTED, reason, source)

    kind = kind_of(policy, who.forms)
    found = [
        _of_rule(policy.rule(country, channel, kind), who, channel, kind, country)
        for country in who.countries or (UNKNOWN,)
    ]
    return max(found, key=lambda one: _ORDER.index(one.says))


def rulings(policy: ChannelPolicy, who: Recipient) -> dict[str, Ruling]:
    """What a policy says about each channel for a company."""
    return {channel: ruling(policy, who, channel) for channel in CHANNELS}


def _of_rule(rule: Rule | None, who: Recipient, channel: str, kind: Kind, country: str) -> Ruling:
    recipient = f"{_SHOWN[channel]} to {_kind_shown(who, kind)}{_place_shown(country)}"
    if rule is None:
        return Ruling(Says.DENY, "no-rule", f"{recipient}: deny (the policy has no rule)")
    reason = f"{recipient}: {rule.says} ({rule.source}: {rule.why})"
    return Ruling(rule.says, rule.code, reason, rule.source, rule.reviewed)


def _kind_shown(who: Recipient, kind: Kind) -> str:
    if not who.forms:
        return "a firm of unknown legal form, which counts as a person,"
    return "a company" if kind is Kind.COMPANY else "a person-like firm"


def _place_shown(country: str) -> str:
    return " in an unknown country" if country == UNKNOWN else f" in {country}"
