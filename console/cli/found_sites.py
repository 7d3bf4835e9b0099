"""`sluice sites review`, `answer` and `undo`: the sites that a person should look at."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from actions import found_sites, site_reviews
from actions.found_sites import SiteAnswered
from actions.session import Session, open_session
from actions.site_reviews import SiteForReview
from console.cli.finding_lines import print_reasons
from console.cli.options import AsJson, ClientName, Reason, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.stored_finding import stored_json
from console.cli.work import report_work
from leads.errors import NotFoundError, UsageError

Company = Annotated[
    str, typer.Argument(help="A company, by name, domain or id.", metavar="COMPANY")
]

_KEYS = frozenset("ynuzq")


def review(
    limit: Annotated[
        int, typer.Option("--limit", help="How many sites at most.", min=1, max=10_000, metavar="N")
    ] = 20,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the sites that a person should look at.

    Each was found for a company, and something is missing or speaks against it. The likeliest comes
    first, with its reasons. In a terminal, one key and Enter decides each: y, n, u for later, z to undo
    the last answer, q to quit. Elsewhere the list is printed, with the commands that decide.

    Example: sluice sites review --limit 10
    """
    with open_session(user) as session:
        found = site_reviews.review(session, client, limit)
        if not as_json and found.sites and sys.stdin.isatty():
            Asking(session, client, found.sites).run()
            return

    if as_json:
        emit_json([stored_json(one.company_id, one.company, one.found) for one in found.sites])
        return
    for one in found.sites:
        _print(one)
        emit(f"    sluice sites answer {one.company_id} yes|no|DOMAIN")
    if not found.sites:
        note("no site waits for a person")
    elif found.count > len(found.sites):
        note(f"{len(found.sites):,} of {found.count:,} sites: see more with --limit")


def answer(
    company: Company,
    said: Annotated[
        str, typer.Argument(help="yes, no, or the domain that is right.", metavar="ANSWER")
    ],
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Say whether the site found is the company's.

    `yes` takes it. `no` leaves it, and it is never offered for this company again. A domain is
    taken instead. Your word outranks what is found later. `sluice sites undo` withdraws it.

    Example: sluice sites answer "Nordwind Service" yes
    """
    with open_session(user) as session:
        done = found_sites.answer(session, client, company, said, reason=reason)

    if as_json:
        emit_json(_answered_json(done))
    elif done.domain:
        emit(f"{plain(done.company, 60)}: {done.domain}")
    else:
        emit(f"{plain(done.company, 60)}: not that site")
    if done.next:
        note(done.next)
    report_work(done.work)


def undo(
    company: Company,
    reason: Reason = "",
    user: UserName = None,
    client: ClientName = "default",
    as_json: AsJson = False,
) -> None:
    """Withdraw the last word about a company's site.

    What held before it holds again.

    Example: sluice sites undo "Nordwind Service"
    """
    with open_session(user) as session:
        done = found_sites.undo(session, client, company, reason=reason)

    if as_json:
        emit_json(_answered_json(done))
    else:
        emit(f"{plain(done.company, 60)}: withdrawn; {done.next or _holds(done)}")
    report_work(done.work)


def _holds(done: SiteAnswered) -> str:
    return f"its site is {done.domain or 'not known'}"


def _answered_json(done: SiteAnswered) -> dict[str, Any]:
    return {
        "company": done.company,
        "domain": done.domain,
        "answer": done.answer,
        "next": done.next,
    }


def _print(one: SiteForReview) -> None:
    emit(f"{plain(one.company, 60)}: {one.found.domain}?")
    print_reasons(stored_json(one.company_id, one.company, one.found))


class Asking:
    """Asks a person about one site after the other."""

    def __init__(self, session: Session, client: str, sites: Sequence[SiteForReview]) -> None:
        self._session, self._client, self._sites = session, client, sites
        self._place = 0
        #: Where the sites stand that were answered, in order.
        self._answered: list[int] = []

    def run(self) -> None:
        """Ask until the last is answered, or the person quits; the last answer can be undone too."""
        while True:
            if self._place == len(self._sites):
                if not self._answered or not _wants_undo():
                    break
                self._undo()
            one = self._sites[self._place]
            _print(one)
            said = _key(f"{self._place + 1} of {len(self._sites)}: is it theirs")
            if said == "q":
                break
            try:
                self._act(said, one)
            except (NotFoundError, UsageError) as error:
                # It may be part of another company since, or its site suppressed.
                note(f"{plain(one.company)} is left out: {error}")
                self._place += 1
        note(f"{counted(len(self._answered), 'site')} answered")

    def _act(self, said: str, one: SiteForReview) -> None:
        if said == "z":
            self._undo()
            return
        if said in ("y", "n"):
            found_sites.answer(self._session, self._client, str(one.company_id), said)
            self._answered.append(self._place)
        self._place += 1

    def _undo(self) -> None:
        if not self._answered:
            note("nothing was answered yet")
            return
        self._place = self._answered.pop()
        before = self._sites[self._place]
        found_sites.undo(self._session, self._client, str(before.company_id))


def _key(question: str) -> str:
    """One of the keys; at the end of the input, quit."""
    while True:
        try:
            typed = typer.prompt(f"{question} [y/n/u/z/q]", err=True, prompt_suffix="? ")
        except typer.Abort:
            return "q"
        said = str(typed).strip().casefold()[:1]
        if said in _KEYS:
            return said
        note("y: it is theirs; n: it is not; u: unsure, later; z: undo the last answer; q: quit")


def _wants_undo() -> bool:
    """Ask after the last site whether its answer is undone."""
    question = "all answered: z to undo the last answer, Enter to end"
    try:
        typed = typer.prompt(question, default="", show_default=False, err=True)
    except typer.Abort:
        return False
    return str(typed).strip().casefold().startswith("z")
