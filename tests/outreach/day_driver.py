"""One town under way: does a step as a user, and checks everything after it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from actions.session import Session
from actions.where import Where
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store.schema import export, export_row
from tests.made_clock import MadeClock
from tests.outreach.day_checks import check_log, check_rows
from tests.outreach.day_model import Barred, DayModel
from tests.outreach.day_rows import Row, Rows, read_rows
from tests.outreach.day_town import QUEUES

Result = TypeVar("Result")


@dataclass
class DayCounts:
    """How much was run."""

    cases: int = 0
    steps: int = 0
    #: Steps that an error of the user's refused.
    refused: int = 0

    def __str__(self) -> str:
        return f"{self.cases} cases, {self.steps} steps, {self.refused} of them refused"


@dataclass(frozen=True)
class Held:
    """A prospect in somebody's hands."""

    user: str
    where: Where
    company_id: UUID
    lease: Row


@dataclass
class DayDriver:
    """The town's database, its clock, and what the model knows."""

    session: Session
    clock: MadeClock
    folder: Path
    counts: DayCounts
    model: DayModel = field(default_factory=DayModel)
    rows: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.rows = read_rows(self.session.store)
        self.counts.cases += 1

    def as_user(self, user: str) -> Session:
        """A command of its own for a user."""
        return replace(self.session, user=user, trace_id=str(new_id()))

    def do(
        self,
        act: Callable[[], Result],
        *,
        barred: Barred | None = None,
        may_end: Collection[UUID] = (),
    ) -> Result | None:
        """Do one thing and check everything; None when it was refused.

        `barred` is what a suppression that it adds bars, `may_end` which suppressions it may end.
        """
        before = self.rows
        self.counts.steps += 1
        try:
            result = act()
        except (NotFoundError, NotAllowedError, UsageError):
            self.counts.refused += 1
            result = None
        self.rows = read_rows(self.session.store)
        self._follow_suppressions(before, barred, may_end)
        check_log(before, self.rows)
        check_rows(self.rows, self.model, self.clock.at)
        return result

    def _follow_suppressions(
        self, before: Rows, barred: Barred | None, may_end: Collection[UUID]
    ) -> None:
        """Let the model know what was added and ended; nothing else may have been."""
        for row in self.rows.new(before, "suppression"):
            assert barred is not None, f"nobody asked for {dict(row)}"
            self.model.barred[row["request_id"]] = replace(barred, level=row["level"])
        for row in self.rows["suppression"]:
            one = self.model.barred.get(row["request_id"])
            if one is None or row["ended_at"] is None:
                continue
            is_over = one.until is not None and one.until <= self.clock.at
            assert is_over or row["request_id"] in may_end, f"nobody ended {dict(row)}"
            del self.model.barred[row["request_id"]]

    @property
    def queues(self) -> Mapping[UUID, Where]:
        """The queues of the town by their campaign."""
        names = {row["id"]: row["name"] for row in self.rows["client"]}
        found = {}
        for row in self.rows["campaign"]:
            found[row["id"]] = Where(names[row["client_id"]], row["name"])
        return {key: where for key, where in found.items() if where in QUEUES}

    def campaign_of(self, where: Where) -> Row:
        """The campaign of a queue."""
        return self.rows.tables["campaign"][
            next(key for key, one in self.queues.items() if one == where)
        ]

    def client_of(self, name: str) -> UUID:
        """The id of a client."""
        found: UUID = next(row["id"] for row in self.rows["client"] if row["name"] == name)
        return found

    def export_rows(self) -> set[tuple[UUID, UUID]]:
        """Export and company of each row that was written."""
        with self.session.store.read() as tx:
            found = tx.execute(select(export_row.c.export_id, export_row.c.company_id))
            return {(row.export_id, row.company_id) for row in found}

    def in_files(self, campaign_id: UUID) -> set[UUID]:
        """The companies that earlier files of a campaign hold, and no later file named as removed."""
        wanted = (
            select(export_row.c.company_id, export.c.kind)
            .join(export, export.c.id == export_row.c.export_id)
            .where(export.c.campaign_id == campaign_id)
            .order_by(export.c.id)
        )
        with self.session.store.read() as tx:
            last = {row.company_id: row.kind for row in tx.execute(wanted)}
        return {company_id for company_id, kind in last.items() if kind == "rows"}

    def held(self) -> list[Held]:
        """What is in anybody's hands, the oldest first."""
        entries, queues = self.rows.tables["queue_entry"], self.queues
        found = []
        for lease in sorted(self.rows.live_leases(), key=lambda row: str(row["id"])):
            entry = entries[lease["queue_entry_id"]]
            company_id = self.rows.survivor(entry["company_id"])
            found.append(Held(lease["user"], queues[entry["campaign_id"]], company_id, lease))
        return found
