"""`sluice work`: the desk of an SDR, prospect by prospect, with one key for each result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

from actions import desk, dispositions, queue, queue_views
from actions.dispositions import DispositionRule
from actions.queue import Card, DispositionRequest
from actions.session import Session, open_session
from actions.where import Where
from console.cli import card as card_lines
from console.cli.card_json import card_json
from console.cli.desk_input import Keyboard, Pipe, Typed, do_each, typed
from console.cli.desk_lines import BREAK, Said, said_in
from console.cli.moments import future_moment, shown, user_zone
from console.cli.options import AsJson, UserName, ZoneName
from console.cli.output import counted, emit, emit_json, fail, note, plain
from console.cli.own_queue import AnyTime, QueueCampaign, QueueClient, own_queue, own_zone
from console.cli.queue_desk import until
from console.cli.queue_done import report_lines
from leads.errors import NotFoundError, PartlyDoneError, SluiceError, UsageError

#: What the other keys do.
ACTIONS = {
    "t": "note",
    "s": "skip",
    "p": "postpone",
    "u": "undo",
    "r": "return it and quit",
    "q": "quit",
    "?": "keys",
}


_NO_CARD = "u undoes your last action, q quits, any other key looks for a prospect again"


def work(
    user: UserName = None,
    zone: ZoneName = None,
    any_time: AnyTime = False,
    client: QueueClient = None,
    campaign: QueueCampaign = None,
    as_json: AsJson = False,
) -> None:
    """Work your prospects one by one.

    Shows a card, and takes one key for its result; then comes the next one. The keys of results
    are those of `sluice dispositions list`. Times are in words: tue 9, in 2 weeks.

    On a pipe every line is one action: a key, and behind it a time, a note, or both with -- between
    them; for wrong number the number comes first. Lines without a prospect are named, and the
    command ends with code 5. With --json each card and each result is one line.

    On a terminal Esc, or an empty line where an answer is needed, returns to the card.

    Ctrl-C or q ends the work; you keep the prospect until its lease ends. r returns it.

    Example: sluice work --as ann --client nordwind
    """
    with open_session(user) as session:
        place = own_queue(session, client, campaign)
        every = dispositions.list_dispositions(session, place.client).every
        rules = {one.key: one for one in every.rules.values() if one.chosen and one.key}
        made = Desk(session, place, own_zone(session, zone), rules, typed(), as_json, any_time)
        try:
            made.run()
        finally:
            made.say_what_is_held()


class _Back(Exception):  # noqa: N818 - no error: the user changed their mind
    """The user wants the card again instead of answering."""


@dataclass(slots=True)
class Desk:
    """One user at one queue, until the user quits."""

    session: Session
    place: Where
    zone: str | None
    rules: Mapping[str, DispositionRule]
    keys: Keyboard | Pipe
    as_json: bool
    #: Whether prospects outside their call hours come too.
    any_time: bool
    #: The prospect on the desk.
    card: Card | None = None
    #: Lines of a pipe that had no prospect to go with.
    left: int = 0

    def run(self) -> None:
        """Show cards and do what is typed, until the input ends or the user quits.

        After the last card the desk stays open: the last result can still be undone.
        """
        self._show_keys()
        if not self._next() and isinstance(self.keys, Keyboard):
            return
        do_each(self.keys, self._do_or_back, self._failed)
        if self.left:
            raise PartlyDoneError(
                f"{counted(self.left, 'line')} left: no prospect was on the desk",
                "run `sluice work` with them when prospects are free",
            )

    def _do_or_back(self, command: Typed) -> bool:
        try:
            return self._do(command)
        except _Back:
            note("back to the card")
            return True

    def _failed(self, error: SluiceError) -> None:
        # A slip of the fingers ends no day: the card stays while it is held.
        fail(error.code, error.message, error.hint, as_json=self.as_json)
        if self.card is not None and not self._holds_card():
            self._next()

    def say_what_is_held(self) -> None:
        """Say which prospects the user still holds."""
        for line in queue_views.mine(self.session, self.place).held:
            when = f" until {shown(line.until, user_zone(self.zone))}" if line.until else ""
            note(f"you hold {plain(line.name)}{when}; `sluice queue release` returns it")

    def _holds_card(self) -> bool:
        """Whether the prospect on the desk is still the user's: its lease may be over."""
        company = self._company()
        if company is None:
            return False
        try:
            queue.held_card(self.session, self.place, company)
        except NotFoundError:
            return False
        return True

    def _do(self, command: Typed) -> bool:
        """Do what a key means; False: the user quits."""
        match command.key:
            case "q":
                return False
            case "u":
                self._undo(command)
                return True
            case "?":
                self._show_keys()
                return True
            case "r" if self.card is None:
                return False
        if self.card is None:
            self._look_again(command)
            return True
        if command.key == "r":
            self._say({"released": desk.release(self.session, self.place, self._company())})
            return False
        self._do_with_card(command)
        return True

    def _do_with_card(self, command: Typed) -> None:
        if command.key in self.rules:
            self._report(self.rules[command.key], command)
            return
        match command.key:
            case "t":
                text = self._text(command, "Note")
                self._say(
                    {"noted": desk.write_note(self.session, self.place, text, self._company())}
                )
            case "s":
                text = self._text(command, "Why")
                self._say({"skipped": desk.skip(self.session, self.place, text, self._company())})
                self._next()
            case "p":
                self._postpone(command)
            case _:
                raise UsageError(f"{command.key!r} is no key here", "? shows the keys")

    def _look_again(self, command: Typed) -> None:
        """Without a card every other key looks for one; a line of a pipe is not done."""
        if isinstance(self.keys, Keyboard):
            self._next()
            return
        self.left += 1
        line = f"{command.key} {command.text or ''}".strip()
        raise UsageError(f"{plain(line, 80)!r} is left: no prospect is on the desk", _NO_CARD)

    def _report(self, rule: DispositionRule, command: Typed) -> None:
        said = said_in(rule, command.text) if command.text is not None else self._asked(rule)
        moment = future_moment(said.when, self.zone) if said.when else None
        request = DispositionRequest(
            kind=rule.name,
            note=said.note,
            at=moment.at if moment else None,
            at_named=moment.named if moment else "",
            day_ends=moment.day_ends if moment else None,
            about=said.about or None,
            company=self._company(),
        )
        done = queue.report(self.session, self.place, request)
        if self.as_json:
            emit_json([{"done": asdict(done.result)}], lines=True)
        else:
            for line in report_lines(done.result, user_zone(self.zone)):
                emit(line)
        self._next()

    def _asked(self, rule: DispositionRule) -> Said:
        """What a result still needs; a time is checked before the note is asked for."""
        about = self._ask("Which value is wrong (empty: the first)") if rule.wrong else ""
        when = ""
        if "when" in rule.needs:
            when = self._text(Typed(""), "When (tue 9, in 2 weeks)")
        elif rule.promises:
            when = self._ask("When (tue 9, in 2 weeks; empty: as usual)")
        if when:
            future_moment(when, self.zone)
        return Said(when, self._ask("Note (empty: none)"), about)

    def _postpone(self, command: Typed) -> None:
        text = self._text(command, "Until when (tue 9, in 2 weeks)")
        when, _, reason = text.partition(BREAK)
        moment = until(future_moment(when.strip(), self.zone))
        done = desk.postpone(self.session, self.place, moment, reason.strip(), self._company())
        self._say({"postponed": done.company, "until": shown(moment.at, user_zone(self.zone))})
        self._next()

    def _undo(self, command: Typed) -> None:
        question = "Why (needed to undo do not contact; else empty)"
        reason = command.text if command.text is not None else self._ask(question)
        done = desk.undo(self.session, self.place, reason).undone
        self._say({"undone": done.company, "action": plain(f"{done.verb} {done.text}".strip(), 80)})
        company = str(done.company_id) if done.held else self._company()
        self._show(queue.held_card(self.session, self.place, company) if company else None)

    def _next(self) -> bool:
        """Put the next prospect on the desk; False when none is free."""
        try:
            (card,) = queue.take_next(self.session, self.place, any_time=self.any_time)
        except NotFoundError as error:
            self.card = None
            note(f"{error.message}: {error.hint}")
            if isinstance(self.keys, Keyboard):
                note(_NO_CARD)
            return False
        self._show(card)
        return True

    def _show(self, card: Card | None) -> None:
        self.card = card
        if card is None:
            return
        if self.as_json:
            emit_json([{"card": card_json(card)}], lines=True)
            return
        emit("")
        card_lines.show(card)

    def _show_keys(self) -> None:
        named = {key: rule.name.replace("_", " ") for key, rule in self.rules.items()}
        note(" · ".join(f"{key} {name}" for key, name in (named | ACTIONS).items()))

    def _say(self, said: Mapping[str, Any]) -> None:
        if self.as_json:
            emit_json([said], lines=True)
        else:
            emit(" ".join(f"{word} {plain(value)}" for word, value in said.items()))

    def _company(self) -> str | None:
        return str(self.card.company_id) if self.card else None

    def _text(self, command: Typed, question: str) -> str:
        """The text of a line, or an answer that is needed: an empty one returns to the card."""
        if command.text is not None:
            return command.text
        return self._ask(question) or self._back()

    def _ask(self, question: str) -> str:
        said = self.keys.ask(question)
        return self._back() if said is None else said

    def _back(self) -> NoReturn:
        raise _Back
