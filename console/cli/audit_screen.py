"""`sluice audit judge`: drawn facts one by one, with one key for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from actions import fact_audits
from actions.audited_page import Around, described, words_around
from actions.fact_audits import DrawnFact, Progress, Said
from actions.session import Session, open_session
from console.cli.audit import Draw, draw_id
from console.cli.desk_input import Keyboard, Pipe, Typed, do_each, typed
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import counted, emit, emit_json, fail, note, plain
from leads.attributes import value_text
from leads.errors import PartlyDoneError, SluiceError, UsageError

#: Characters of the page on each side of the quote: more hide the quote on a terminal.
NEAR = 150
SAID = {"y": Said.RIGHT, "n": Said.WRONG, "u": Said.UNCLEAR}
#: What the other keys do.
ACTIONS = {"s": "later", "z": "undo", "q": "quit", "?": "keys"}


def judge(
    one_draw: Draw = None,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Judge drawn facts one by one.

    Shows a fact with its quote and its page, and takes one key: y right, n wrong, u unclear, s for
    later, z takes your last judgement back, q quits. Judgements are stored at once: the next
    call goes on with the next fact.

    On a pipe each line is one key. With --json each fact and each judgement is one line.

    Example: sluice audit judge --client nordwind
    """
    with open_session(user) as session:
        made = Screen(session, client, draw_id(one_draw), typed(), as_json)
        made.run()


@dataclass(slots=True)
class Screen:
    """One person at the drawn facts of a client, until the person quits."""

    session: Session
    client: str
    draw: UUID | None
    keys: Keyboard | Pipe
    as_json: bool
    #: The fact on the screen.
    fact: DrawnFact | None = None
    #: How many facts were left for later.
    skipped: int = 0
    #: Keys of a pipe that had no fact to go with.
    left: int = 0

    def run(self) -> None:
        """Show facts and do what is typed, until the input ends or the person quits.

        After the last fact the screen stays open: the last judgement can still be taken back.
        """
        self._show_keys()
        if not self._next() and isinstance(self.keys, Keyboard):
            return
        do_each(self.keys, self._do, self._failed)
        if self.left:
            raise PartlyDoneError(
                f"{counted(self.left, 'line')} left: no fact was on the screen",
                "draw more facts: `sluice audit draw --attribute NAME`",
            )

    def _failed(self, error: SluiceError) -> None:
        fail(error.code, error.message, error.hint, as_json=self.as_json)

    def _do(self, command: Typed) -> bool:
        """Do what a key means; False: the person quits."""
        match command.key:
            case "q":
                return False
            case "z":
                self._say("undone", fact_audits.undo(self.session, self.client))
                self.skipped = 0
                self._next()
            case "?":
                self._show_keys()
            case "s":
                self.skipped += 1
                self._next()
            case key if key in SAID:
                self._judge(SAID[key])
            case key:
                raise UsageError(f"{key!r} is no key here", "? shows the keys")
        return True

    def _judge(self, said: Said) -> None:
        if self.fact is None:
            self.left += 1
            raise UsageError("no fact is on the screen", "z takes your last judgement back")
        try:
            done = fact_audits.judge(self.session, self.client, self.fact.id, said)
        finally:
            # Somebody else may have judged it: then it is not shown again.
            self.fact = None
        self._say(said.value, done)
        self._next()

    def _next(self) -> bool:
        """Put the next fact on the screen; False when there is none."""
        found = fact_audits.next_fact(self.session, self.client, self.draw, self.skipped)
        if found.fact is None and self.skipped:
            note("what you left for later comes again")
            self.skipped = 0
            found = fact_audits.next_fact(self.session, self.client, self.draw)
        self.fact = found.fact
        if found.fact is None:
            note(_nothing_waits(found.progress))
            return False
        self._show(found.fact, found.progress)
        return True

    def _show(self, one: DrawnFact, progress: Progress) -> None:
        around = words_around(self.session, self.client, one)
        if self.as_json:
            emit_json([open_json(one, around, progress)], lines=True)
            return
        emit("")
        for line in fact_lines(one, around, progress, self.skipped):
            emit(line)

    def _show_keys(self) -> None:
        named = {key: said.value for key, said in SAID.items()}
        note(" · ".join(f"{key} {name}" for key, name in (named | ACTIONS).items()))

    def _say(self, word: str, one: DrawnFact) -> None:
        if self.as_json:
            emit_json([{word: {"id": one.id, "company": one.company}}], lines=True)
        else:
            value = value_text(one.fact.attribute, one.fact.value)
            emit(f"{word}: {plain(one.company)}, {plain(value)}")


def _nothing_waits(progress: Progress) -> str:
    if not progress.drawn:
        return "nothing was drawn: draw facts with `sluice audit draw --attribute phone`"
    judged = counted(progress.judged, "fact")
    return f"no drawn fact waits; {judged} judged: see `sluice audit report`"


def fact_lines(
    one: DrawnFact, around: Around | None, progress: Progress, skipped: int = 0
) -> Iterator[str]:
    """A drawn fact with its evidence, how far the work is, and how many facts are left for later."""
    fact, seen = one.fact, one.fact.evidence
    later = f" ({skipped:,} for later)" if skipped else ""
    yield f"{progress.judged + skipped + 1:,} of {progress.drawn:,}{later}  {plain(one.company)}"
    of = f" ({described(one)})" if described(one) else ""
    yield f"{plain(fact.attribute)}: {plain(value_text(fact.attribute, fact.value))}{of}"
    sure = f"{seen.method}, confidence {seen.confidence:.2f}"
    yield f"  source  {plain(seen.source)} ({sure}), seen {seen.observed_at:%Y-%m-%d}"
    yield f"  quote   {plain(seen.quote) or 'none'}"
    if seen.url:
        yield f"  page    {plain(seen.url)}"
    if around:
        before, after = _line(around.before)[-NEAR:], _line(around.after)[:NEAR]
        yield f"  text    …{before} >>{_line(around.quote)}<< {after}…"


def _line(text: str) -> str:
    return plain(" ".join(text.split()))


def open_json(one: DrawnFact, around: Around | None, progress: Progress) -> dict[str, Any]:
    """A fact that waits, with the words of its page around the quote, and the progress."""
    words = {"around": asdict(around) if around else None}
    return {"fact": fact_json(one) | words, "progress": asdict(progress)}


def fact_json(one: DrawnFact) -> dict[str, Any]:
    """A drawn fact with its evidence."""
    seen = one.fact.evidence
    return {
        "id": one.id,
        "draw": one.audit_id,
        "number": one.number,
        "company_id": one.company_id,
        "company": one.company,
        "attribute": one.fact.attribute,
        "value": value_text(one.fact.attribute, one.fact.value),
        "source": seen.source,
        "method": seen.method.value,
        "confidence": seen.confidence,
        "observed_at": seen.observed_at,
        "scope": seen.scope.value,
        "quote": seen.quote,
        "url": seen.url,
    }
