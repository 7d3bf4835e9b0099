"""What a disposition says about interest and about the data, and that undo takes it back."""

from uuid import UUID

import pytest

from leads.errors import UsageError
from leads.store import dispositions, fact_doubts, signals, suppressions
from outreach.card import Card
from outreach.run.disposing import DispositionRequest, DispositionResult, done
from outreach.run.queue_user import QueueUser
from outreach.run.undoing import undo
from tests.outreach.conftest import MadeClient, World
from tests.outreach.one_transaction import take_next

RIGHT, WRONG = "+49 30 1111111", "+49 30 2222222"


@pytest.fixture
def owner(world: World) -> MadeClient:
    return world.client("one")


def report(world: World, user: QueueUser, request: DispositionRequest) -> DispositionResult:
    with world.store.write() as tx:
        take_next(tx, user)
        return done(tx, user, request)[0]


def card(world: World, user: QueueUser) -> Card:
    with world.store.write() as tx:
        undo(tx, user, "look again")
        return take_next(tx, user)[0]


def kinds(world: World, owner: MadeClient, company: UUID) -> list[str]:
    with world.store.read() as tx:
        found = signals.of_companies(tx, owner.id, [company])
    return [one.kind for one in found.get(company, [])]


def test_a_signal_is_recorded_once_and_retracted_by_undo(world: World, owner: MadeClient) -> None:
    alder = world.prospect(owner, "Alder")
    ann = owner.user("ann")
    report(world, ann, DispositionRequest(kind="meeting_booked", channel="email"))
    with world.store.read() as tx:
        (stored,) = signals.of_companies(tx, owner.id, [alder])[alder]
        (told,) = dispositions.of_companies(tx, owner.campaign_id, [alder])[alder]
    assert (stored.kind, stored.channel, stored.source) == ("meeting_booked", "email", "desk")
    assert (told.kind, told.channel) == ("meeting_booked", "email")
    with world.store.write() as tx:
        undo(tx, ann)
    assert kinds(world, owner, alder) == []


def test_a_disposition_without_a_signal_records_none(world: World, owner: MadeClient) -> None:
    alder = world.prospect(owner, "Alder")
    report(world, owner.user("ann"), DispositionRequest(kind="no_answer"))
    assert kinds(world, owner, alder) == []


def test_the_fifth_call_in_vain_closes_the_prospect(world: World, owner: MadeClient) -> None:
    alder = world.prospect(owner, "Alder")
    ann, ends = owner.user("ann"), []
    for _ in range(5):
        with world.store.write() as tx:
            # The time of the next call is not waited for.
            tx.exec_driver_sql("UPDATE relationship SET reopens_at = NULL")
            tx.exec_driver_sql("UPDATE queue_entry SET not_before = NULL")
        ends.append(report(world, ann, DispositionRequest(kind="no_answer")).relationship)
    assert ends == ["untouched"] * 4 + ["lost"]
    assert kinds(world, owner, alder) == ["unreachable"]


@pytest.mark.parametrize(
    ("about", "left"), [(None, [WRONG]), (WRONG, [RIGHT]), ("+49-30/2222222", [RIGHT])]
)
def test_a_wrong_number_is_shown_no_more_and_counts_against_its_source(
    world: World, owner: MadeClient, about: str | None, left: list[str]
) -> None:
    world.prospect(owner, "Alder", phone=[RIGHT, WRONG])
    ann = owner.user("ann")
    result = report(world, ann, DispositionRequest(kind="wrong_number", about=about))
    assert result.doubted == 1
    with world.store.write() as tx:
        tx.exec_driver_sql("UPDATE relationship SET reopens_at = NULL")
        tx.exec_driver_sql("UPDATE queue_entry SET not_before = NULL")
        (shown,) = take_next(tx, owner.user("ben"))
        counted = fact_doubts.by_source(tx, owner.id)
    assert shown.details["phone"] == left
    assert list(counted.values()) == [1]


def test_undo_shows_a_wrong_number_again(world: World, owner: MadeClient) -> None:
    world.prospect(owner, "Alder", phone=[RIGHT])
    ann = owner.user("ann")
    report(world, ann, DispositionRequest(kind="wrong_number"))
    assert card(world, ann).details["phone"] == [RIGHT]
    with world.store.read() as tx:
        assert fact_doubts.by_source(tx, owner.id) == {}


def test_a_number_that_the_card_lacks_is_refused(world: World, owner: MadeClient) -> None:
    world.prospect(owner, "Alder", phone=[RIGHT])
    with pytest.raises(UsageError, match="the card has no phone"):
        report(world, owner.user("ann"), DispositionRequest(kind="wrong_number", about=WRONG))


def test_too_small_speaks_against_the_headcount(world: World, owner: MadeClient) -> None:
    world.prospect(owner, "Alder")
    result = report(world, owner.user("ann"), DispositionRequest(kind="too_small"))
    assert (result.relationship, result.doubted) == ("lost", 1)


def test_do_not_contact_covers_the_agency_where_others_can_recognise_the_company(
    world: World, owner: MadeClient
) -> None:
    world.prospect(owner, "Alder", domain=["alder.example"])
    world.prospect(owner, "…")
    ann = owner.user("ann")
    levels = [report(world, ann, DispositionRequest(kind="do_not_contact")).level for _ in range(2)]
    assert sorted(str(level) for level in levels) == ["agency", "client"]
    with world.store.read() as tx:
        assert {row.level for row in suppressions.listing(tx, owner.id)} == {"agency", "client"}
