"""The steps of two SDRs and their manager in any order, as a state machine of hypothesis."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from actions import (
    desk,
    duplicates,
    exports,
    forgetting,
    imports,
    queue,
    reviews,
    suppression_imports,
    suppressions,
)
from actions.desk import Until
from actions.imports import FileToImport
from actions.queue import DispositionRequest
from actions.suppressions import Scope
from actions.where import Where
from outreach.disposition_file import standard
from tests.outreach.day_checks import cells_with
from tests.outreach.day_driver import DayDriver, Held
from tests.outreach.day_model import Barred, keys_of, worked_elsewhere
from tests.outreach.day_rows import standing
from tests.outreach.day_town import (
    NORTH,
    QUEUES,
    ROWS_OF,
    SOUTH,
    USERS,
    list_file,
    suppression_file,
)

users = st.sampled_from(USERS)
queues = st.sampled_from(QUEUES)
clients = st.sampled_from((NORTH, SOUTH))
#: Which of several: the one at this place, counted round.
picks = st.integers(0, 11)
KINDS = [name for name, one in standard().rules.items() if one.chosen]


class Day(RuleBasedStateMachine):
    """The steps of a day, in any order."""

    def __init__(self, driver: DayDriver) -> None:
        super().__init__()
        self.day = driver

    @initialize()
    def begin(self) -> None:
        """Both have something to work on."""
        for user, where in zip(USERS, QUEUES[::2], strict=True):
            self.claim(user, where, 2)

    # What an SDR does.

    @rule(user=users, where=queues, want=st.integers(1, 3))
    def claim(self, user: str, where: Where, want: int) -> None:
        began = self.day.clock.at
        cards = self.day.do(lambda: queue.take_next(self.day.as_user(user), where, want)) or []
        campaign_id = self.day.campaign_of(where)["id"]
        for card in cards:
            assert card.lease is not None
            assert card.lease.user == user
            assert card.lease.until > self.day.clock.at
            why = self.day.model.why_not(
                self.day.rows, campaign_id, card.company_id, self.day.clock.at
            )
            assert why is None, f"served {card.name} though {why}"
            other = worked_elsewhere(self.day.rows, card.company_id, self.day.clock.at)
            # What two held before a merge stays with both.
            assert other is None or card.lease.since <= began, f"served {card.name} though {other}"
            promise = card.promise
            if promise is not None and promise.by != user:
                assert promise.shared_at <= self.day.clock.at, f"promised by {promise.by}"

    @precondition(lambda self: self.day.held())
    @rule(pick=picks, what=st.sampled_from(["release", "skip", "note", "postpone"]))
    def desk(self, pick: int, what: str) -> None:
        self._act(self._held(pick), what)

    @precondition(lambda self: self.day.held())
    @rule(pick=picks, kind=st.sampled_from(KINDS), days=st.sampled_from([None, 1, 30]))
    def done(self, pick: int, kind: str, days: int | None) -> None:
        held = self._held(pick)
        self.day.do(lambda: self._report(held, kind, days), barred=self._barred_by(held))

    @precondition(lambda self: self._undoable())
    @rule(pick=picks)
    def undo(self, pick: int) -> None:
        some = self._undoable()
        user, where = some[pick % len(some)]
        self.day.do(
            lambda: desk.undo(self.day.as_user(user), where, "a slip"),
            may_end=self._own_suppressions(user),
        )

    @precondition(lambda self: self.day.held())
    @rule(
        pick=picks,
        acts=st.lists(
            st.sampled_from([*KINDS, "release", "skip", "note", "postpone"]), min_size=1, max_size=3
        ),
    )
    def act_and_undo(self, pick: int, acts: list[str]) -> None:
        """Act a few times and undo each: everything stands as it stood before.

        A merge can leave a prospect with its holder though it is worked for another client: once
        given up, it is not held again.
        """
        held = self._held(pick)
        if any(row["until"] <= self.day.clock.at for row in self.day.rows.live_leases()):
            return
        before, undoable = self._restored(held), 0
        for act in acts:
            undoable += self._act(held, act) is not None
        for _ in range(undoable):
            undone = self.day.do(
                lambda: desk.undo(self.day.as_user(held.user), held.where, "a slip"),
                may_end=self._own_suppressions(held.user),
            )
            assert undone is not None
        after = standing(self.day.rows, self.day.client_of(held.where.client))
        for table, rows in before.items():
            gone = [row for row in rows if row not in after[table]]
            come = [row for row in after[table] if row not in rows]
            assert after[table] == rows, f"{table} after undoing {acts}: {gone} → {come}"

    @rule(minutes=st.sampled_from([10, 45, 60 * 24, 60 * 24 * 8, 60 * 24 * 200]))
    def wait(self, minutes: int) -> None:
        self.day.clock.at += timedelta(minutes=minutes)

    @rule(days=st.sampled_from([-365, 365]))
    def jump(self, days: int) -> None:
        """The clock of the machine is set wrong, or right again."""
        self.day.clock.at += timedelta(days=days)

    # What is suppressed, and what is lifted.

    @rule(
        where=queues,
        pick=picks,
        level=st.sampled_from(["law", "agency", "client", "campaign"]),
        days=st.sampled_from([None, 1, 30]),
    )
    def suppress(self, where: Where, pick: int, level: str, days: int | None) -> None:
        every = sorted({key for row in ROWS_OF[where.client] for key in row.keys})
        kind, text = every[pick * 5 % len(every)]
        until = self.day.clock.at + timedelta(days=days) if days else None
        campaign = self.day.campaign_of(where)
        barred = Barred(
            level, campaign["client_id"], campaign["id"], frozenset({(kind, text)}), until
        )
        self.day.do(
            lambda: suppressions.add(
                self.day.as_user("ann"), Scope(where, level), text, kind=kind, until=until
            ),
            barred=barred,
        )

    @rule(
        where=queues,
        pick=picks,
        level=st.sampled_from(["law", "agency", "client", "campaign"]),
        days=st.sampled_from([None, 1, 30]),
    )
    def suppress_by_list(self, where: Where, pick: int, level: str, days: int | None) -> None:
        """A list as `suppress export` writes it: one row with everything that names a company."""
        rows = ROWS_OF[where.client]
        row = rows[pick % len(rows)]
        until = self.day.clock.at + timedelta(days=days) if days else None
        campaign = self.day.campaign_of(where)
        barred = Barred(level, campaign["client_id"], campaign["id"], row.keys, until)
        file = suppression_file(self.day.folder, row, level, where.campaign, until)
        self.day.do(
            lambda: suppression_imports.import_file(
                self.day.as_user("ann"), Scope(where), str(file), keep_levels=True
            ),
            barred=barred,
        )

    @precondition(lambda self: any(not one.lasts for one in self.day.model.barred.values()))
    @rule(pick=picks)
    def lift(self, pick: int) -> None:
        some = [key for key, one in self.day.model.barred.items() if not one.lasts]
        request_id = some[pick % len(some)]
        one = self.day.model.barred[request_id]
        where = next(
            where for key, where in self.day.queues.items() if one.campaign_id in (None, key)
        )
        self.day.do(
            lambda: suppressions.end(
                self.day.as_user("ann"), Scope(where, one.level), str(request_id)
            ),
            may_end=[request_id],
        )

    # What becomes of companies.

    @rule(client=clients, one=picks, apart=st.integers(1, 4))
    def merge(self, client: str, one: int, apart: int) -> None:
        both = self._company(client, one), self._company(client, one + apart)
        self.day.do(lambda: duplicates.merge(self.day.as_user("ann"), client, *both))

    @precondition(lambda self: self._joined())
    @rule(pick=picks)
    def split(self, pick: int) -> None:
        some = self._joined()
        client, company = some[pick % len(some)]
        self.day.do(lambda: duplicates.split(self.day.as_user("ann"), client, company, []))

    @rule(pick=picks, said=st.sampled_from(["same", "different", "part_of"]))
    def answer_review(self, pick: int, said: str) -> None:
        ann = self.day.as_user("ann")
        waiting = reviews.review(ann, NORTH, 5).pairs
        if waiting:
            pair = waiting[pick % len(waiting)]
            both = str(pair.left.company), str(pair.right.company)
            self.day.do(lambda: reviews.answer(ann, NORTH, *both, said))

    @rule(client=clients, kept=st.sets(st.integers(0, 5), min_size=1))
    def import_again(self, client: str, kept: set[int]) -> None:
        rows = [row for number, row in enumerate(ROWS_OF[client]) if number in kept]
        file = list_file(self.day.folder, client, rows)
        wanted = FileToImport(path=str(file), client=client, name=client, replace=True)
        self.day.do(lambda: imports.import_list(self.day.as_user("ann"), wanted))

    @precondition(lambda self: self._may_forget())
    @rule(client=clients, pick=picks)
    def forget(self, client: str, pick: int) -> None:
        company = self._company(client, pick)
        keys = keys_of(self.day.rows, UUID(company))
        barred = Barred("law", None, None, keys, lasts=True)
        self.day.do(
            lambda: forgetting.forget(self.day.as_user("ann"), client, company, dry_run=False),
            barred=barred,
        )
        left = frozenset().union(
            *(keys_of(self.day.rows, row["id"]) for row in self.day.rows["company"])
        )
        # What another company is called too stays.
        words = [text for _, text in keys if not any(text in other for _, other in left)]
        found = cells_with(self.day.session.store, words)
        assert not found, "\n".join(found)

    # What leaves the house.

    @rule(where=queues, whole_queue=st.booleans())
    def export(self, where: Where, whole_queue: bool) -> None:
        campaign_id = self.day.campaign_of(where)["id"]
        for company_id in self._exported(where, stages=("all",), queue=whole_queue):
            why = self.day.model.why_not(self.day.rows, campaign_id, company_id, self.day.clock.at)
            assert why is None, f"exported though {why}"

    @rule(where=queues)
    def name_removals(self, where: Where) -> None:
        """Every company of an earlier file that is suppressed now is named as one to stop."""
        campaign_id = self.day.campaign_of(where)["id"]
        earlier = self.day.in_files(campaign_id)
        stops = {
            company_id
            for company_id in earlier
            if self.day.rows.survivor(company_id) == company_id
            and self.day.model.why_not(self.day.rows, campaign_id, company_id, self.day.clock.at)
        }
        named = self._exported(where, removals=True)
        assert stops <= named, f"not named though they must stop: {stops - named}"
        assert named <= earlier, f"named though no file holds them: {named - earlier}"

    def _exported(self, where: Where, **options: Any) -> set[UUID]:
        """The companies that one export writes."""
        before = self.day.export_rows()
        self.day.folder.mkdir(parents=True, exist_ok=True)
        request = exports.ExportRequest(
            where=where,
            profile="plain",
            path=str(self.day.folder / "out.csv"),
            force=True,
            **options,
        )
        done = self.day.do(lambda: exports.export_companies(self.day.as_user("ann"), request))
        assert done is not None, "an export was refused"
        return {company_id for _, company_id in self.day.export_rows() - before}

    def _act(self, held: Held, act: str) -> object:
        if act in KINDS:
            return self.day.do(lambda: self._report(held, act, 1), barred=self._barred_by(held))
        return self.day.do(lambda: self._at_desk(held, act))

    def _restored(self, held: Held) -> dict[str, list[tuple[str, ...]]]:
        """How everything stands that an undo must restore."""
        found = standing(self.day.rows, self.day.client_of(held.where.client))
        if worked_elsewhere(self.day.rows, held.company_id, self.day.clock.at):
            return {name: found[name] for name in found.keys() - {"lease", "queue_entry"}}
        return found

    def _held(self, pick: int) -> Held:
        every = self.day.held()
        return every[pick % len(every)]

    def _at_desk(self, held: Held, what: str) -> object:
        user, company = self.day.as_user(held.user), str(held.company_id)
        if what == "release":
            return desk.release(user, held.where, company)
        if what == "skip":
            return desk.skip(user, held.where, "at lunch", company)
        if what == "note":
            return desk.write_note(user, held.where, "ask for the plant", company)
        until = Until(self.day.clock.at + timedelta(days=2))
        return desk.postpone(user, held.where, until, "", company)

    def _report(self, held: Held, kind: str, days: int | None) -> object:
        at = self.day.clock.at + timedelta(days=days) if days else None
        request = DispositionRequest(kind=kind, at=at, company=str(held.company_id), note="said so")
        return queue.report(self.day.as_user(held.user), held.where, request)

    def _barred_by(self, held: Held) -> Barred:
        """What a disposition that suppresses a prospect bars."""
        campaign = self.day.campaign_of(held.where)
        return Barred(
            "agency",
            campaign["client_id"],
            campaign["id"],
            keys_of(self.day.rows, held.company_id),
            done_by=held.user,
        )

    def _undoable(self) -> list[tuple[str, Where]]:
        """Who has done something in which queue that is not undone."""
        rows, places = self.day.rows["desk_action"], self.day.queues
        some = {(row["user"], row["campaign_id"]) for row in rows if not row["undone_at"]}
        return sorted(((user, places[key]) for user, key in some), key=str)

    def _own_suppressions(self, user: str) -> list[UUID]:
        return [key for key, one in self.day.model.barred.items() if one.done_by == user]

    def _may_forget(self) -> bool:
        """Whether two companies at most are erased already, and both clients have one."""
        every = [self._company(client, 0) for client in (NORTH, SOUTH)]
        erased = sum(one.lasts for one in self.day.model.barred.values())
        return erased < 2 and "none" not in every

    def _joined(self) -> list[tuple[str, str]]:
        """The companies of several rows, with their clients."""
        return [
            (client, str(company_id))
            for client in (NORTH, SOUTH)
            for company_id in self.day.rows.live_companies(self.day.client_of(client))
            if len(self.day.rows.records_of(company_id)) > 1
        ]

    def _company(self, client: str, pick: int) -> str:
        every = self.day.rows.live_companies(self.day.client_of(client))
        return str(every[pick % len(every)]) if every else "none"
