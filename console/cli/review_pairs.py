"""`sluice dedupe review`: the pairs that a person must decide, listed or asked one by one."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import review_desk, reviews
from actions.session import Session, open_session
from console.cli import pair_json, pair_lines
from console.cli.desk_input import typed
from console.cli.file_pairs import Answers, IdColumn, Kind, file_to_learn, review_file
from console.cli.list_options import ListCountry
from console.cli.options import AsJson, ClientName, ColumnMap, Encoding, Sheet, UserName
from console.cli.output import emit, emit_json, note
from console.cli.pair_screen import PairScreen
from console.cli.work import report_work
from leads.errors import UsageError


def review(
    limit: Annotated[
        int, typer.Option("--limit", help="How many pairs at most.", min=1, max=10_000, metavar="N")
    ] = 20,
    ask: Annotated[bool, typer.Option("--ask", help="Ask about one pair after the other.")] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", help="Pairs of a file's rows, without a store.", metavar="FILE"),
    ] = None,
    answers: Answers = None,
    id_column: IdColumn = None,
    company_is: Kind = "legal_entity",
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the pairs of records that a person must decide.

    The pairs were found when the records were last compared. They are two companies that may be
    one, or records that match their company only weakly. The most doubtful pair comes first, with
    the commands that decide it.

    --ask shows one pair after the other, side by side, and takes one key: y same, n different, u
    unsure, z takes your last answer back, q quits. Each kind of disagreement has its turn, so that
    few answers teach much. Answers are stored at once; the records are compared again at the end.
    On a pipe each line is one key. An answer that contradicts earlier ones is not stored, and both
    are shown.

    --file draws pairs from the rows of a file, and --answers keeps what you say in a file of its
    own, for `sluice dedupe fit --file`.

    Example: sluice dedupe review --ask --limit 50

    Example: sluice dedupe review --file fair.csv --answers said.jsonl --ask
    """
    if file is not None:
        wanted = file_to_learn(
            file, answers, id_column, company_is, mapping, encoding, sheet, country
        )
        review_file(wanted, limit, user, ask=ask, as_json=as_json)
        return
    if answers is not None:
        raise UsageError(
            "--answers needs --file", "the answers about a client's records are stored"
        )
    with open_session(user) as session:
        if ask:
            _ask(session, client, limit, as_json=as_json)
            return
        found = reviews.review(session, client, limit)

    if as_json:
        emit_json([pair_json.doubt_json(pair) for pair in found.pairs])
        return
    for pair in found.pairs:
        for line in pair_lines.doubt_lines(pair, client):
            emit(line)
    if not found.pairs:
        note("no pair waits for a person")
    elif found.count > len(found.pairs):
        note(f"{len(found.pairs):,} of {found.count:,} pairs: see more with --limit")
    if found.pairs:
        note("--ask shows them side by side and takes one key for each answer")


def _ask(session: Session, client: str, count: int, *, as_json: bool) -> None:
    desk = review_desk.open_pairs(session, client, count)
    screen = PairScreen(desk, typed(), as_json)
    try:
        screen.run()
        if screen.changed:
            note("comparing the records again")
        done = desk.finish()
    except KeyboardInterrupt:
        if screen.changed:
            note("your answers are stored, but not compared yet: `sluice dedupe run`")
        raise
    report_work(done)
