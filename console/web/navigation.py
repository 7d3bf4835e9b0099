"""The pages that a user may open, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Actor, Right


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the menu, and the right that it needs."""

    name: str
    path: str
    right: Right


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of the menu that belong together."""

    name: str
    entries: tuple[Entry, ...]


MENU = (
    Group(
        "Work",
        (
            Entry("Queue", "/queue", Right.WORK_QUEUE),
            Entry("My calls", "/calls", Right.WORK_QUEUE),
            Entry("Leads", "/leads", Right.WORK_QUEUE),
            Entry("Hand-overs", "/handovers", Right.ANSWER),
            Entry("Companies", "/companies", Right.WORK_QUEUE),
        ),
    ),
    Group(
        "Agency",
        (
            Entry("Lists", "/lists", Right.LOOK),
            Entry("Duplicates", "/duplicates", Right.MANAGE),
            Entry("Audits", "/audits", Right.MANAGE),
            Entry("Sources", "/sources", Right.LOOK),
            Entry("Found sites", "/sites", Right.MANAGE),
            Entry("Enrich", "/enrich", Right.MANAGE),
            Entry("Profile", "/profile", Right.MANAGE),
            Entry("Do not contact", "/suppressions", Right.SUPPRESS),
            Entry("Exports", "/exports", Right.EXPORT),
            Entry("Outcomes", "/outcomes", Right.MANAGE),
            Entry("Reports", "/reports", Right.REPORT),
            Entry("Inboxes", "/inboxes", Right.MANAGE),
            Entry("Clients", "/clients", Right.MANAGE),
            Entry("Users", "/users", Right.ADMINISTER),
        ),
    ),
    Group(
        "Operations",
        (
            Entry("Workload", "/operations/work", Right.OPERATE),
            Entry("Failures", "/operations/failures", Right.OPERATE),
            Entry("Workers", "/operations/workers", Right.OPERATE),
            Entry("Visits to sites", "/operations/crawl", Right.OPERATE),
            Entry("Pages read again", "/operations/rereads", Right.OPERATE),
            Entry("Spend", "/operations/spend", Right.OPERATE),
            Entry("Decisions", "/operations/log", Right.OPERATE),
        ),
    ),
)


def menu_of(actor: Actor) -> list[Group]:
    """The groups of the menu with the pages that a user may open; groups without any are left out."""
    found = [
        Group(group.name, tuple(one for one in group.entries if actor.may(one.right)))
        for group in MENU
    ]
    return [group for group in found if group.entries]


def first_page(actor: Actor) -> str:
    """Where a user starts: the first page that is not there for a look only."""
    entries = [one for group in menu_of(actor) for one in group.entries]
    work = [one for one in entries if one.right != Right.LOOK]
    return (work or entries)[0].path if entries else "/place"
