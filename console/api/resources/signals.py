"""Signals: what companies did."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime

from actions import signals
from actions.signal_import import ImportedSignals, import_signals
from actions.signal_kinds import list_kinds
from actions.signal_removal import remove_signal as take_back
from actions.signals import SignalRow, SignalToAdd
from console.api.callers import Caller, Campaign, Client, needs
from console.api.listing import lines
from console.api.uploads import File, takes
from console.api.words import Body, Text, Word

router = APIRouter(tags=["signals"])
Reader = Annotated[Caller, needs("signals:read")]
Writer = Annotated[Caller, needs("signals:write")]


class NewSignal(Body):
    """What a company did."""

    #: By name, domain or id.
    company: Word
    kind: Word
    #: None: now.
    at: AwareDatetime | None = None
    channel: Word = "unknown"
    #: An amount, such as `12500`, and its currency.
    value: Word | None = None
    currency: Word | None = None
    #: Your id of the event: it is recorded once.
    external_id: Word | None = None
    link: Text | None = None
    agent: Text | None = None
    #: The company came by itself: it is added when nobody knows it.
    inbound: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of a company."""

    id: UUID
    at: datetime
    heard_at: datetime
    kind: str
    channel: str
    source: str
    value: str | None
    link: str | None
    agent: str | None
    #: None: nobody said whether a machine caused it.
    machine: bool | None
    by: str


@dataclass(frozen=True, slots=True)
class CompanySignals:
    """The signals of a company that count, oldest first."""

    company_id: UUID
    company: str
    signals: Sequence[Signal]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a signal; no signal: the event was recorded before."""

    company: str
    signal: Signal | None
    is_new: bool
    is_lead: bool
    #: Why it must not be contacted.
    barred: str | None


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A kind of signal."""

    kind: str
    meaning: str


@router.get("/signals/kinds")
def kinds(caller: Reader) -> list[SignalKind]:  # noqa: ARG001 - it lets in
    """List the kinds of signals that are known."""
    return [SignalKind(one.name, one.meaning) for one in list_kinds()]


@router.get("/companies/{company_id}/signals")
def list_signals(caller: Reader, client: Client, company_id: UUID) -> CompanySignals:
    """List a company's signals, oldest first."""
    found = signals.list_signals(caller.session, client, str(company_id))
    return CompanySignals(found.company_id, found.company, [_signal(one) for one in found.rows])


@router.post("/signals", status_code=201)
def add_signal(caller: Writer, where: Campaign, sent: NewSignal) -> Recorded:
    """Record what a company did."""
    at = sent.at.astimezone(UTC) if sent.at else None
    wanted = SignalToAdd(**sent.model_dump(exclude={"at"}), at=at)
    made = signals.add_signal(caller.session, where, wanted)
    return Recorded(
        made.company,
        _signal(made.signal) if made.signal else None,
        made.is_new,
        made.is_lead,
        made.barred,
    )


@router.post(
    "/signals/bulk",
    openapi_extra=dict(takes("application/x-ndjson")),
    responses={200: {"content": {"application/x-ndjson": {}}}},
)
def add_signals(
    caller: Writer, where: Campaign, sent: File, *, inbound: bool = False, dry_run: bool = False
) -> Any:
    """Record signals, one JSON object a line; each line is answered by one, then come the counts."""
    done = import_signals(caller.session, sent.path, where, _utc, inbound=inbound, dry_run=dry_run)
    return lines(_results(Path(sent.path), done))


@router.delete("/signals/{signal_id}", status_code=204)
def remove_signal(caller: Writer, client: Client, signal_id: UUID) -> None:
    """Take a signal back: it counts no more, and its row stays."""
    take_back(caller.session, client, str(signal_id))


def _utc(at: datetime) -> datetime:
    """A time that names no zone is in UTC."""
    return at.replace(tzinfo=UTC)


def _results(path: Path, done: ImportedSignals) -> Iterator[Mapping[str, Any]]:
    wrong = {one.line: one.message for one in done.flaws}
    with path.open("rb") as sent:
        for number, line in enumerate(sent, start=1):
            if line.strip():
                yield {"line": number, **_result(line, wrong.get(number), done.unmatched)}
    yield {
        "recorded": sum(done.recorded.values()),
        "known": done.known,
        "future": done.future,
        "rejected": len(wrong),
        "companies_added": len(done.added),
        "leads": done.leads,
    }


def _result(line: bytes, flaw: str | None, unmatched: Mapping[str, str]) -> Mapping[str, str]:
    if flaw is not None:
        return {"result": "rejected", "why": flaw}
    company = str(json.loads(line.decode("utf-8-sig"))["company"]).strip()
    if company in unmatched:
        return {"result": "unmatched", "why": unmatched[company]}
    return {"result": "accepted", "why": ""}


def _signal(row: SignalRow) -> Signal:
    value = None if row.value_minor is None else f"{row.value_minor / 100:.2f} {row.value_currency}"
    return Signal(
        row.id,
        row.happened_at,
        row.heard_at,
        row.kind,
        row.channel,
        row.source,
        value,
        row.link,
        row.agent,
        row.machine,
        row.by,
    )
