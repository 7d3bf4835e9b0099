"""Record what other tools report: signals, suppressed addresses, won and lost companies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from leads.changes import Change, SignalsChanged, VerdictsChanged
from leads.errors import UsageError
from leads.ids import new_id
from leads.store import Tx, company_lookup, events, outcome_imports, signals, verdicts
from leads.store.outcome_imports import Effect, OutcomeImport
from leads.store.relationship_before import as_json
from leads.store.signals import NewSignal
from outreach.entries import keys_of_text
from outreach.keys import company_key, digest
from outreach.outcomes.matching import NO_MATCH, Known, as_id, domains_of, match
from outreach.outcomes.rows import Outcome, Who
from outreach.run import suppress
from outreach.run.suppress import SuppressionRequest

#: The level at which each kind puts an address on the do-not-contact list. A person who
#: unsubscribes means the sender; an address that does not exist is a matter of one client's data.
_LEVELS = {"unsubscribed": "agency", "bounced": "client"}
_STATES = {"won": "customer", "lost": "lost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScope:
    """For whom outcomes are recorded, and by whom."""

    client_id: UUID
    campaign_id: UUID
    #: The tool.
    source: str
    channel: str
    by: str
    secret: bytes
    #: Whether a hard bounce puts its address on the do-not-contact list.
    suppress_bounces: bool = True
    #: Whether an unsubscribe stops e-mail only, or every contact.
    unsubscribe_stops_all: bool = False
    #: The import, and the name of its file.
    import_id: UUID = field(default_factory=new_id)
    file: str = ""

    @property
    def import_of(self) -> OutcomeImport:
        """The import as it is kept for undoing it."""
        return OutcomeImport(
            id=self.import_id,
            client_id=self.client_id,
            campaign_id=self.campaign_id,
            source=self.source,
            file=self.file,
            by=self.by,
        )


@dataclass(slots=True)
class Recorded:
    """What the outcomes of a page changed."""

    #: Signals by kind.
    kinds: Counter[str] = field(default_factory=Counter)
    known: int = 0
    suppressed: int = 0
    #: Companies by their new relationship.
    moved: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    #: What undoing the import needs.
    effects: list[Effect] = field(default_factory=list)


def find_known(tx: Tx, client_id: UUID, outcomes: Sequence[Outcome]) -> Known:
    """The stored companies that these outcomes may mean."""
    return find_meant(tx, client_id, {one.who for one in outcomes})


def find_meant(tx: Tx, client_id: UUID, whos: Iterable[Who]) -> Known:
    """The stored companies that rows may mean which name them so."""
    some = set(whos)
    ids = [found for who in some if (found := as_id(who.company_id))]
    domains = [domain for who in some for domain in domains_of(who)]
    names = [who.name for who in some if who.name]
    known = Known(
        ids=company_lookup.by_ids(tx, client_id, ids),
        domains=company_lookup.by_domains(tx, client_id, domains),
        names=company_lookup.by_names(tx, client_id, names),
    )
    # A company has one name, and its rows may have others. Rows have no index of names.
    left = [who.name for who in some if who.name and match(who, known) == NO_MATCH]
    rows = company_lookup.by_rows(tx, client_id, left) if left else {}
    return replace(known, names={**rows, **known.names})


def record(tx: Tx, scope: OutcomeScope, outcomes: Sequence[Outcome]) -> tuple[Recorded, list[str]]:
    """Record the outcomes; for each the reason why no company has it, or an empty text.

    An outcome whose external id is known changes nothing. An address is suppressed even when no
    company matches, or the row states no time.
    """
    done = Recorded()
    companies = find_known(tx, scope.client_id, outcomes)
    ids = [one.external_id for one in outcomes]
    before = signals.known(tx, scope.client_id, scope.source, ids)
    reasons: list[str] = []
    wanted: dict[str, tuple[Outcome, UUID]] = {}
    for one in outcomes:
        found = match(one.who, companies)
        reasons.append(found if isinstance(found, str) else "")
        if one.external_id in before or one.external_id in wanted:
            done.known += 1
            continue
        company_id = None if isinstance(found, str) else found
        _suppress(tx, scope, one, company_id, done)
        if company_id is not None and one.at is not None:
            wanted[one.external_id] = (one, company_id)

    dated = _dated(wanted)
    _store_signals(tx, scope, [_signal(scope, *one) for one in dated], done)
    _move(tx, scope, sorted(dated, key=lambda one: one[2]), done)
    outcome_imports.keep(tx, scope.import_of, done.effects)
    return done, reasons


def _store_signals(tx: Tx, scope: OutcomeScope, made: Sequence[NewSignal], done: Recorded) -> None:
    stored = signals.add(tx, made)
    done.kinds.update(row.kind for row in stored)
    done.effects += [Effect(company_id=row.company_id, signal_id=row.id) for row in stored]
    some = tuple(dict.fromkeys(row.company_id for row in stored))
    done.changes.append(SignalsChanged(scope.client_id, some))


def _dated(
    wanted: dict[str, tuple[Outcome, UUID]],
) -> list[tuple[Outcome, UUID, datetime]]:
    return [(one, company_id, one.at) for one, company_id in wanted.values() if one.at is not None]


def _signal(scope: OutcomeScope, one: Outcome, company_id: UUID, at: datetime) -> NewSignal:
    return NewSignal(
        client_id=scope.client_id,
        company_id=company_id,
        campaign_id=scope.campaign_id,
        kind=one.kind,
        happened_at=at,
        source=scope.source,
        external_id=one.external_id,
        by=scope.by,
        channel=scope.channel,
        value_minor=one.value_minor,
        value_currency=one.currency,
    )


def _suppress(
    tx: Tx, scope: OutcomeScope, one: Outcome, company_id: UUID | None, done: Recorded
) -> None:
    """Suppress the address of an outcome, else its company."""
    level = _LEVELS.get(one.kind)
    if level is None or (one.kind == "bounced" and not scope.suppress_bounces):
        return
    what = "unsubscribed" if one.kind == "unsubscribed" else "hard bounce"
    # A mailbox that bounces says nothing about the phone.
    stops_all = one.kind == "unsubscribed" and scope.unsubscribe_stops_all
    channel = None if stops_all else "email"
    request = SuppressionRequest(
        kind="email",
        text=one.who.email,
        level=level,
        by=scope.by,
        reason=f"{what}, says {scope.source}",
        client_id=scope.client_id,
        from_client=True,
        channel=channel,
        of_outcomes=True,
    )
    try:
        keys = keys_of_text(one.who.email, "email")[1]
        added = suppress.add_keys(tx, request, keys, scope.secret)
        key_hash = digest(keys[0], scope.secret)
    except UsageError:
        if company_id is None or one.kind == "bounced":
            return
        added = suppress.add_company(
            tx,
            scope.client_id,
            company_id,
            scope.by,
            request.reason,
            scope.secret,
            channel=channel,
            of_outcomes=True,
        )
        key_hash, level = digest(company_key(company_id), scope.secret), "client"
    event = f"{scope.source} {one.external_id}"
    if added.is_new or not outcome_imports.is_heard(tx, key_hash, event):
        effect = Effect(
            suppression_id=added.request_id, key_hash=key_hash, level=level, event=event
        )
        done.effects.append(effect)
    done.suppressed += added.is_new
    done.changes += added.changes


def _move(
    tx: Tx, scope: OutcomeScope, wanted: Sequence[tuple[Outcome, UUID, datetime]], done: Recorded
) -> None:
    """Let won companies be customers and lost ones lost, in the order of time."""
    closed = [row for row in wanted if row[0].kind in _STATES]
    ids = list(dict.fromkeys(company_id for _, company_id, _ in closed))
    related = verdicts.relationships(tx, scope.campaign_id, ids)
    now_is = {company_id: row.state for company_id, row in related.items()}
    after: dict[UUID, str] = {}
    for one, company_id, at in closed:
        # A customer stays one: what was lost is another deal.
        if now_is.get(company_id) == "customer":
            continue
        state = _STATES[one.kind]
        why = f": {one.reason}" if one.reason else ""
        reason = f"{one.kind} on {at:%Y-%m-%d}{why}, says {scope.source}"
        verdicts.relate(tx, scope.client_id, scope.campaign_id, company_id, state, reason)
        now_is[company_id] = state
        after[company_id] = reason
        done.moved[state] += 1
        line = events.Happened(
            verb=one.kind,
            thing="company",
            thing_id=company_id,
            who=scope.by,
            client_id=scope.client_id,
            reason=reason,
        )
        events.log(tx, [line])
    for company_id, reason in after.items():
        before = {"relationship": as_json(related.get(company_id))}
        done.effects.append(Effect(company_id=company_id, before=before, after=reason))
    if ids:
        done.changes.append(VerdictsChanged(scope.client_id, scope.campaign_id, tuple(ids)))
