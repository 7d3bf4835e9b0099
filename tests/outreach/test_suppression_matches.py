"""A suppression touches exactly the companies it matches, in every client it applies to."""

import random
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from leads.changes import Change, SuppressionChanged
from leads.company_links import CompanyLink, LinkKind
from leads.errors import UsageError
from leads.store import Tx, companies, leases, links, queue, supply, suppressions
from leads.store.schema import company_contact, company_key, task
from outreach.run.contact_index import store_keys
from outreach.run.contacts import suppressed_among
from outreach.run.disposing import DispositionRequest, done
from outreach.run.reaching import decision
from outreach.run.suppress import SuppressionRequest, add, add_company
from outreach.run.suppression_ends import end
from tests.outreach.conftest import SECRET, MadeClient, World
from workers.pipeline import follow

WORDS = ("nordwind", "maschinenbau", "alpha", "beta", "schmitt", "technik", "anlagen", "müller")
FORMS = ("GmbH", "AG", "Group", "")


def request(owner: MadeClient, text: str, level: str = "client") -> SuppressionRequest:
    return SuppressionRequest(
        kind=None,
        text=text,
        level=level,
        by="ann",
        client_id=owner.id,
        campaign_id=owner.campaign_id if level == "campaign" else None,
    )


def matched(changes: tuple[Change, ...] | list[Change]) -> dict[UUID, set[UUID]]:
    found = {}
    for change in changes:
        assert isinstance(change, SuppressionChanged)
        found[change.client_id] = set(change.company_ids)
    return found


def request_id(tx: Tx, owner: MadeClient) -> UUID:
    return suppressions.listing(tx, owner.id)[0].request_id


def misspelled(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("aehnst") + text[at + chance.choice((0, 1)) :]


def name(chance: random.Random) -> str:
    words = chance.sample(WORDS, chance.choice((1, 2, 3)))
    text = chance.choice((" ", "-", "")).join(words)
    return f"{misspelled(chance, text) if chance.random() < 0.5 else text} {chance.choice(FORMS)}"


@pytest.mark.parametrize("seed", range(4))
def test_the_look_up_finds_what_a_scan_of_all_companies_finds(world: World, seed: int) -> None:
    chance = random.Random(seed)
    owner = world.client("one")
    texts, ids = [], []
    for number in range(80):
        domain = f"{chance.choice(WORDS[:7])}{number % 9}.example"
        known = {"domain": [domain], "phone": [f"+4930123456{number % 7}{number % 3}"]}
        if chance.random() < 0.5:
            known["email"] = [f"info@mail.{domain}"]
        ids.append(world.company(owner, name(chance), **known))
        texts += [name(chance), domain, f"info@mail.{domain}", known["phone"][0]]

    with world.store.write() as tx:
        store_keys(tx, owner.id, ids, SECRET)
    met = 0
    for text in chance.sample(texts, 60):
        with world.store.rehearse() as tx:
            try:
                changes = add(tx, request(owner, text), SECRET).changes
            except UsageError:
                continue
            scanned = set(suppressed_among(tx, owner.id, None, ids, SECRET))
            assert matched(changes).get(owner.id, set()) == scanned, text
            ended = end(tx, request_id(tx, owner), owner.id, "client", "ann", SECRET)
            assert matched(ended) == matched(changes)
            met += len(scanned)
    assert met > 60, "the generated cases do match companies"


def test_tasks_are_asked_for_matches_and_what_is_linked_to_them_alone(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    branch = world.company(owner, "Other Works GmbH")
    rest = [world.company(owner, f"Company {number} GmbH") for number in range(20)]
    with world.store.write() as tx:
        store_keys(tx, owner.id, [zeta, branch, *rest], SECRET)
        links.put(tx, owner.id, [(CompanyLink(branch, zeta, LinkKind.SITE_OF), "said")])
        follow(tx, add(tx, request(owner, "Zeta Anlagen"), SECRET).changes)
        keys = {f"{owner.campaign_id}:{one}" for one in (zeta, branch)}
        assert {tuple(row) for row in tx.execute(select(task.c.kind, task.c.key))} == {
            ("queue", key) for key in keys
        }


def test_an_ended_suppression_asks_for_the_questions_that_were_left_out(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    with world.store.write() as tx:
        store_keys(tx, owner.id, [zeta], SECRET)
        add(tx, request(owner, "Zeta Anlagen"), SECRET)
        follow(tx, end(tx, request_id(tx, owner), owner.id, "client", "ann", SECRET))
        assert set(tx.execute(select(task.c.kind)).scalars()) == {"qualify", "queue"}


def test_the_agency_reaches_the_companies_of_every_client(world: World) -> None:
    owners = [world.client("one"), world.client("two")]
    ids = {owner.id: world.company(owner, "Zeta Anlagen GmbH") for owner in owners}
    world.company(owners[0], "Other Works GmbH")
    with world.store.write() as tx:
        for owner in owners:
            store_keys(tx, owner.id, list(companies.companies_of(tx, owner.id)), SECRET)
        made = matched(add(tx, request(owners[0], "Zeta Anlagen", "agency"), SECRET).changes)
        assert made == {owner: {one} for owner, one in ids.items()}
        for owner in owners:
            found = decision(tx, owner.id, owner.campaign_id, ids[owner.id], SECRET)
            assert found.reason.startswith("suppressed: Zeta Anlagen, by ann")
        ended = end(tx, request_id(tx, owners[0]), owners[0].id, "agency", "ann", SECRET)
        assert matched(ended) == made
        assert decision(tx, owners[1].id, None, ids[owners[1].id], SECRET).allowed


def test_a_suppression_of_one_client_leaves_the_other_alone(world: World) -> None:
    one, other = world.client("one"), world.client("two")
    mine, theirs = (world.company(owner, "Zeta Anlagen GmbH") for owner in (one, other))
    with world.store.write() as tx:
        store_keys(tx, one.id, [mine], SECRET)
        store_keys(tx, other.id, [theirs], SECRET)
        assert matched(add(tx, request(one, "Zeta Anlagen"), SECRET).changes) == {one.id: {mine}}


def test_one_campaign_is_touched_by_a_suppression_for_it(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    with world.store.write() as tx:
        store_keys(tx, owner.id, [zeta], SECRET)
        (change,) = add(tx, request(owner, "Zeta Anlagen", "campaign"), SECRET).changes
        expected = SuppressionChanged(owner.id, owner.campaign_id, (zeta,), ended=False)
        assert change == expected


def test_a_company_without_any_key_is_suppressed_by_its_id(world: World) -> None:
    owner = world.client("one")
    nameless = world.company(owner, "…")
    other = world.company(owner, "……")
    with world.store.write() as tx:
        store_keys(tx, owner.id, [nameless, other], SECRET)
        added = add_company(tx, owner.id, nameless, "ann", "asked us to stop", SECRET)
        assert matched(added.changes) == {owner.id: {nameless}}
        assert not decision(tx, owner.id, owner.campaign_id, nameless, SECRET).allowed
        assert decision(tx, owner.id, owner.campaign_id, other, SECRET).allowed
        (row,) = suppressions.listing(tx, owner.id)
        assert (row.subject, row.kind, row.key) == ("…", "company", None)
        assert matched(end(tx, row.request_id, owner.id, "client", "ann", SECRET)) == {
            owner.id: {nameless}
        }


def test_do_not_contact_is_accepted_for_a_company_without_any_key(world: World) -> None:
    owner = world.client("one")
    nameless = world.company(owner, "…")
    ann = owner.user("ann")
    with world.store.write() as tx:
        ready = queue.Place(company_id=nameless, state="ready", reason="")
        queue.add(tx, owner.id, owner.campaign_id, [ready])
        assert leases.take(tx, supply.best(tx, ann.seat, 1), "ann", ann.lease)
        result, changes = done(tx, ann, DispositionRequest(kind="do_not_contact"))
        assert result.suppressed
        assert SuppressionChanged(owner.id, None, (nameless,), ended=False) in changes


def test_the_id_of_a_company_can_be_suppressed_by_hand(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    with world.store.write() as tx:
        store_keys(tx, owner.id, [zeta], SECRET)
        assert matched(add(tx, request(owner, str(zeta)), SECRET).changes) == {owner.id: {zeta}}
        assert suppressions.listing(tx, owner.id)[0].subject == "Zeta Anlagen GmbH"


@pytest.mark.parametrize("survivor_is_suppressed", [True, False])
def test_a_merge_keeps_a_suppression_by_id(world: World, survivor_is_suppressed: bool) -> None:
    owner = world.client("one")
    older, younger = world.company(owner, "…"), world.company(owner, "Zeta Anlagen GmbH")
    suppressed = older if survivor_is_suppressed else younger
    with world.store.write() as tx:
        store_keys(tx, owner.id, [older, younger], SECRET)
        add(tx, request(owner, str(suppressed)), SECRET)
        companies.redirect(tx, [(younger, older)])
        store_keys(tx, owner.id, [older], SECRET)
        found = decision(tx, owner.id, owner.campaign_id, older, SECRET)
        assert found.reason.startswith("suppressed:")
        ended = end(tx, request_id(tx, owner), owner.id, "client", "ann", SECRET)
        assert matched(ended) == {owner.id: {older}}


def test_companies_from_before_the_keys_were_stored_are_matched(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    with world.store.write() as tx:
        # As the migration leaves them.
        tx.execute(insert(company_contact).values(company_id=zeta, client_id=owner.id))
        assert matched(add(tx, request(owner, "Zeta Anlagen"), SECRET).changes) == {
            owner.id: {zeta}
        }
        assert tx.execute(select(company_contact.c.mark)).scalar() is not None


def test_keys_are_stored_again_only_when_what_is_known_changed(world: World) -> None:
    owner = world.client("one")
    zeta = world.company(owner, "Zeta Anlagen GmbH")
    with world.store.write() as tx:
        store_keys(tx, owner.id, [zeta], SECRET)
        tx.execute(update(company_key).values(form=None))
        store_keys(tx, owner.id, [zeta], SECRET)
        assert set(tx.execute(select(company_key.c.form)).scalars()) == {None}
        store_keys(tx, owner.id, [zeta], b"f" * 32)
        assert "zetaanlagen" in set(tx.execute(select(company_key.c.form)).scalars())
