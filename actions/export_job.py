"""One export under way: pages of companies, their rows, and the log of what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from actions.accuracy import flags_of_client
from actions.actor import Right
from actions.export_attribution import attributions_of
from actions.export_scope import export_scope
from actions.export_values import Document, ExportReport, ExportRequest, ExportTally
from actions.session import Session, Transaction
from leads.sheets.part_files import STANDARD, PartFiles, PartOptions
from leads.sheets.row_writer import Cell
from leads.stages import Stage
from leads.store import events, exports
from leads.store.exports import Cursor, NewExport, Page
from outreach.exports.channels import Denied, denial_of, denied_in, denied_row, usable
from outreach.exports.conditions import read_conditions
from outreach.exports.profile import PROFILES, ExportProfile
from outreach.exports.rows import Layout
from outreach.exports.selection import Only, Selection, must_stop, read_stages
from outreach.run.exporting import Candidate, ExportScope, candidates

#: Companies read and logged at a time.
_PAGE = 1_000


@dataclass(slots=True, kw_only=True)
class ExportJob:
    """One export under way."""

    session: Session
    request: ExportRequest
    profile: ExportProfile
    layout: Layout
    selection: Selection
    scope: ExportScope
    on_row: Callable[[Document], None] | None
    tally: ExportTally = field(default_factory=ExportTally)

    @classmethod
    def of(
        cls, session: Session, request: ExportRequest, on_row: Callable[[Document], None] | None
    ) -> ExportJob:
        """Check everything that can be checked before the work starts."""
        profile = PROFILES.find(request.profile, built_in_only=request.built_in_only)
        names = request.stages or (("all",) if request.queue else (Stage.PROSPECT.value,))
        selection = Selection(
            stages=read_stages(names),
            conditions=read_conditions(request.conditions),
            only=request.only,
            contacts=profile.contacts,
        )
        with session.read(Right.EXPORT) as work:
            scope = export_scope(work, request.where)
        return cls(
            session=session,
            request=request,
            profile=profile,
            layout=Layout(profile, request.with_sources, request.removals),
            selection=selection,
            scope=scope,
            on_row=on_row,
        )

    def options(self) -> PartOptions | None:
        """How files are written; None when none are."""
        path = self.request.path
        if self.request.dry_run or not path:
            return None
        profile = self.profile
        return PartOptions(
            path=path,
            columns=self.layout.columns,
            numbers=self.layout.numbers,
            most=profile.max_rows,
            delimiter=profile.delimiter,
            mark=profile.byte_order_mark,
            guard_formulas=profile.formulas == "escape",
            force=self.request.force,
        )

    def begin(self) -> UUID | None:
        """Log that the export begins; None in a dry run."""
        if self.request.dry_run:
            return None
        with self.session.write(Right.EXPORT) as work:
            return exports.begin(
                work.tx,
                NewExport(
                    client_id=self.scope.client_id,
                    campaign_id=self.scope.campaign_id,
                    profile=self.profile.export,
                    profile_version=self.profile.version,
                    kind="removals" if self.request.removals else "rows",
                    file=Path(self.request.path or STANDARD).name,
                    by=work.actor.name,
                ),
            )

    def run(self, export_id: UUID | None, files: PartFiles | None) -> None:
        """Write page after page."""
        after: Cursor | None = None
        while not self._full():
            with self.session.read(Right.EXPORT) as work:
                page = self._page(work, after)
                found = candidates(work.tx, self.scope, page.company_ids)
                before = self._before(work, page.company_ids)

            self._write(export_id, files, found, before)
            after = page.next
            if self.session.progress:
                self.session.progress("exporting", self.tally.rows, self.request.limit or 0)
            if after is None:
                return

    def finish(self, export_id: UUID | None) -> None:
        """Log that all rows are written."""
        if export_id is None:
            return
        with self.session.write(Right.EXPORT) as work:
            exports.finish(work.tx, export_id, self.tally.rows)
            line = events.Happened(
                verb="exported",
                thing="export",
                thing_id=export_id,
                who=work.actor.name,
                client_id=self.scope.client_id,
                reason=f"{self.tally.rows} rows for {self.profile.export}",
            )
            events.log(work.tx, [line], self.session.trace_id)

    def drop(self, export_id: UUID | None) -> None:
        """Forget an export whose files do not appear."""
        if export_id is not None:
            with self.session.write(Right.EXPORT) as work:
                exports.drop(work.tx, export_id)

    def report(self, files: Sequence[str], attribution_file: str | None = None) -> ExportReport:
        """Report what was written."""
        with self.session.read(Right.EXPORT) as work:
            flags = flags_of_client(work, self.scope.client_id)
        return ExportReport(
            profile=self.profile.export,
            files=files,
            rows=self.tally.rows,
            left_out=dict(self.tally.left_out),
            withheld=dict(self.tally.withheld),
            examples=tuple(self.tally.examples),
            attributions=attributions_of(self.session, self.tally.licensed),
            attribution_file=attribution_file,
            below_promise=flags,
        )

    def _page(self, work: Transaction, after: Cursor | None) -> Page:
        campaign_id = self.scope.campaign_id
        if self.request.removals:
            return exports.written_page(work.tx, campaign_id, self.profile.export, after, _PAGE)
        if self.request.queue:
            return exports.queued_page(work.tx, campaign_id, after, _PAGE)
        return exports.decided_page(work.tx, campaign_id, self.request.since, after, _PAGE)

    def _before(self, work: Transaction, company_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        if self.request.only is Only.ALL:
            return {}
        campaign_id = self.scope.campaign_id
        return exports.last_hashes(work.tx, campaign_id, self.profile.export, company_ids)

    def _write(
        self,
        export_id: UUID | None,
        files: PartFiles | None,
        found: Sequence[Candidate],
        before: Mapping[UUID, str],
    ) -> None:
        written: list[tuple[UUID, str]] = []
        for candidate in found:
            if self._full():
                break
            cells = self._cells(candidate, before)
            if cells is None:
                continue
            self.tally.rows += 1
            written.append((candidate.company.company_id, self.layout.hash_of(cells)))
            if files is not None:
                files.row(cells)
            if self.on_row is not None:
                self.on_row(self.layout.document(cells))

        if export_id is not None and written:
            with self.session.write(Right.EXPORT) as work:
                exports.add_rows(work.tx, self.scope.client_id, export_id, written)

    def _cells(self, candidate: Candidate, before: Mapping[UUID, str]) -> list[Cell] | None:
        """Make the cells of a company that is written; None and a count for any other."""
        company = candidate.company
        denied = denied_in(self.profile, company)
        if self.request.removals:
            # With its contact points: by them the tool finds who must stop.
            reason = must_stop(company, candidate.decision, denied_row(self.profile, denied))
            if reason is None:
                return None
            self.tally.licensed |= self.layout.licensed(company)
            return self.layout.cells(company, reason)

        refusal = self.selection.refusal(company, candidate.decision)
        if refusal is not None:
            if refusal:
                self.tally.leave(company.name, refusal)
            return None

        shown = usable(self.profile, company, denied)
        cells = self.layout.cells(shown)
        reason = self._lacks(cells, denied)
        reason = reason or self._stays(before.get(company.company_id), cells)
        if reason is None:
            self.tally.withheld.update(denied.values())
            self.tally.licensed |= self.layout.licensed(shown)
            return cells
        self.tally.leave(company.name, reason)
        return None

    def _stays(self, before: str | None, cells: Sequence[Cell]) -> str | None:
        return self.selection.stays(before, self.layout.hash_of(cells))

    def _lacks(self, cells: Sequence[Cell], denied: Denied) -> str | None:
        """Say which value the tool needs and the row has not, or why it is denied."""
        missing = self.layout.missing(cells)
        if missing is None:
            return None
        needs = f"no {missing.column}, which {self.profile.export} needs"
        return denial_of(missing, denied) or needs

    def _full(self) -> bool:
        limit = self.request.limit
        return limit is not None and self.tally.rows >= limit
