"""Import what other tools report: opened, replied, unsubscribed, won and lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.outcome_rejects import RejectFile
from actions.session import Session
from actions.where import Where
from leads.changes import SuppressionChanged
from leads.clock import now
from leads.errors import UsageError
from leads.ids import new_id
from leads.sheets.open_table import open_table
from leads.sheets.rows import BadRow, Item, SourceRow, Table
from leads.store.seen_texts import SeenTexts
from outreach.outcomes.amount import read_currency
from outreach.outcomes.profile import PROFILES, OutcomeProfile, check_tool, squeezed
from outreach.outcomes.rows import Outcome, RowReader
from outreach.outcomes.when import SAY_ORDER, Clock, Order
from outreach.run import outcomes
from outreach.run.hits import Hits, hits_of, store_every_key
from outreach.run.outcomes import OutcomeScope

__all__ = [
    "SAY_ORDER",
    "ImportedOutcomes",
    "Order",
    "OutcomeFile",
    "import_outcomes",
    "list_profiles",
    "profile_text",
]

#: Rows read, and recorded in one transaction.
_PAGE = 500
#: Rejected rows that are shown.
_EXAMPLES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFile:
    """A file of outcomes, and how it is read."""

    where: Where
    path: str
    #: What the user calls a file that was sent; empty: as its path.
    name: str = ""
    #: The name of a built-in profile, or the path of a YAML file.
    profile: str
    #: Whether the profile must not be a path.
    built_in_only: bool = False
    #: The moment at which the user's clocks show a time.
    moment: Callable[[datetime], datetime]
    order: Order | None = None
    #: The time of rows that state none.
    date: datetime | None = None
    #: The currency of amounts that name none.
    currency: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    suppress_bounces: bool = True
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedOutcomes:
    """What an import of outcomes did, or would do in a dry run."""

    profile: str
    rows: int
    #: Recorded signals by kind.
    recorded: Mapping[str, int]
    #: Outcomes that were recorded before.
    known: int
    #: Rows that say nothing about a company, such as `sent`.
    silent: int
    rejected: int
    suppressed: int
    #: Companies by their new relationship.
    moved: Mapping[str, int]
    #: Rows whose amount was left out.
    values_dropped: int
    #: The first rejected rows: line and reason.
    examples: Sequence[tuple[int, str]]
    #: Where the rejected rows are; None: there are none, or this was a dry run.
    rejects: Path | None
    hits: Hits
    work: WorkedOff


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    recorded: Counter[str] = field(default_factory=Counter)
    known: int = 0
    silent: int = 0
    rejected: int = 0
    suppressed: int = 0
    moved: Counter[str] = field(default_factory=Counter)
    values_dropped: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)
    suppressions: list[SuppressionChanged] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    session: Session
    file: OutcomeFile
    profile: OutcomeProfile
    reader: RowReader
    rejects: RejectFile
    #: External ids of this file, which a dry run does not find in the store.
    seen: SeenTexts
    import_id: UUID = field(default_factory=new_id)
    tally: _Tally = field(default_factory=_Tally)

    def page(self, items: Sequence[Item]) -> None:
        """Record one page of rows in one transaction."""
        rows: list[tuple[SourceRow, list[str]]] = []
        wanted: list[Outcome] = []
        #: The flaws of the row of each wanted outcome.
        flaws_of: list[list[str]] = []
        for item in items:
            if isinstance(item, BadRow):
                self.tally.rows += 1
                self._reject(item)
            elif not item.blank:
                self.tally.rows += 1
                fresh, flaws = self._read(item)
                rows.append((item, flaws))
                wanted += fresh
                flaws_of += [flaws] * len(fresh)

        for flaws, reason in zip(flaws_of, self._record(wanted), strict=True):
            if reason:
                flaws.append(reason)
        for row, flaws in rows:
            if flaws:
                why = "; ".join(dict.fromkeys(flaws))
                self._reject(BadRow(row.row, row.line, row.cells, why))
        if self.session.progress:
            self.session.progress("importing", self.tally.rows, 0)

    def _read(self, row: SourceRow) -> tuple[list[Outcome], list[str]]:
        """The outcomes of a row that this file did not have before, and its flaws."""
        tally, read = self.tally, self.reader.read(row.cells)
        tally.values_dropped += read.value_dropped
        tally.silent += not read.outcomes and not read.flaws
        fresh = [one for one in read.outcomes if self.seen.add(one.external_id)]
        tally.known += len(read.outcomes) - len(fresh)
        return fresh, list(read.flaws)

    def _record(self, wanted: Sequence[Outcome]) -> list[str]:
        where, dry_run = self.file.where, self.file.dry_run
        with self.session.write(Right.MANAGE, dry_run=dry_run) as work:
            client_id, campaign_id = work.campaign(where.client, where.campaign)
            scope = OutcomeScope(
                client_id=client_id,
                campaign_id=campaign_id,
                source=self.profile.outcomes,
                channel=self.profile.channel,
                by=work.actor.name,
                secret=self.session.secret,
                suppress_bounces=self.file.suppress_bounces,
                import_id=self.import_id,
                file=self.file.name or Path(self.file.path).name,
                unsubscribe_stops_all=self.session.settings.unsubscribe_stops_all,
            )
            done, reasons = outcomes.record(work.tx, scope, wanted)
            if not dry_run:
                work.follow(done.changes)

        tally = self.tally
        tally.recorded.update(done.kinds)
        tally.known += done.known
        tally.suppressed += done.suppressed
        tally.moved.update(done.moved)
        tally.suppressions += [one for one in done.changes if isinstance(one, SuppressionChanged)]
        return reasons

    def _reject(self, bad: BadRow) -> None:
        self.tally.rejected += 1
        if len(self.tally.examples) < _EXAMPLES:
            self.tally.examples.append((bad.line, bad.reason))
        self.rejects.add(bad)


def import_outcomes(session: Session, file: OutcomeFile) -> ImportedOutcomes:
    """Record the outcomes of a file; what was recorded before changes nothing."""
    profile = PROFILES.find(file.profile, built_in_only=file.built_in_only)
    if file.currency is not None and read_currency(file.currency) is None:
        raise UsageError(f"{file.currency!r} is not a currency", "write it as EUR or USD")
    _check_place(session, file)
    table = _open(file, profile)
    reader = RowReader(
        profile=profile,
        header=table.header,
        clock=Clock(now=now(), moment=file.moment, order=file.order),
        date=file.date,
        currency=read_currency(file.currency) if file.currency else None,
    )
    if not file.dry_run:
        store_every_key(session.store, None, session.secret)

    folder = None if file.dry_run else session.settings.home / "rejects"
    with (
        RejectFile(folder, f"outcomes-{table.sha256[:12]}", table.header) as rejects,
        SeenTexts() as seen,
    ):
        job = _Job(
            session=session,
            file=file,
            profile=profile,
            reader=reader,
            rejects=rejects,
            seen=seen,
        )
        for items in _pages(table):
            job.page(items)
        place = rejects.put()

    with session.read() as work:
        hits = hits_of(work.tx, job.tally.suppressions, [work.client(file.where.client)])
    done = WorkedOff() if file.dry_run else work_off(session)
    return _report(profile, job.tally, place, hits, done)


def list_profiles() -> Sequence[OutcomeProfile]:
    """List the built-in profiles."""
    return list(PROFILES.built_in().values())


def profile_text(name: str) -> str:
    """Read the file of a built-in profile, as a start for one's own."""
    return PROFILES.built_in_text(name)


def _check_place(session: Session, file: OutcomeFile) -> None:
    """Check right, client and campaign before a long file is read."""
    with session.read(Right.MANAGE) as work:
        work.campaign(file.where.client, file.where.campaign)


def _open(file: OutcomeFile, profile: OutcomeProfile) -> Table:
    every = (profile, *PROFILES.built_in().values())
    names = frozenset[str]().union(*(one.names() for one in every))
    try:
        table = open_table(
            file.path,
            lambda name: squeezed(name) in names,
            encoding=file.encoding,
            sheet=file.sheet,
        )
        check_tool(profile, table.header, file.path)
    except UsageError as error:
        # Where the server keeps what a user sent is nobody's business.
        shown = file.name or file.path
        message, hint = (text.replace(file.path, shown) for text in (error.message, error.hint))
        raise UsageError(message, hint) from error
    return table


def _pages(table: Table) -> Iterator[list[Item]]:
    items = iter(table)
    while some := list(islice(items, _PAGE)):
        yield some


def _report(
    profile: OutcomeProfile, tally: _Tally, rejects: Path | None, hits: Hits, work: WorkedOff
) -> ImportedOutcomes:
    return ImportedOutcomes(
        profile=profile.outcomes,
        rows=tally.rows,
        recorded=dict(sorted(tally.recorded.items())),
        known=tally.known,
        silent=tally.silent,
        rejected=tally.rejected,
        suppressed=tally.suppressed,
        moved=dict(sorted(tally.moved.items())),
        values_dropped=tally.values_dropped,
        examples=tuple(tally.examples),
        rejects=rejects,
        hits=hits,
        work=work,
    )
