"""One conversation with a source: its requests in turn, each within the limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from leads.clock import now
from leads.errors import ServiceDownError
from leads.store.engine import NoRoomError
from leads.store.spending import questions
from sources.answers import Answer, Outcome
from sources.exchange import Request, Response
from sources.run.asks import Reserved
from sources.source import Source
from workers.context import Context
from workers.lost import LostLeaseError
from workers.source_http import SourceClient
from workers.source_reuse import Reused
from workers.source_turns import TooLong, Turn, TurnsOf

#: Requests of one question; a source that wants more is wrong.
_MOST_REQUESTS = 12


@dataclass(frozen=True, slots=True)
class Ways:
    """By what the questions of a batch reach their sources."""

    client: SourceClient
    turns: TurnsOf
    reused: Reused


class Talk:
    """Asks the question that was reserved; notes in the store that it is sent, before it is."""

    def __init__(self, context: Context, reserved: Reserved, ways: Ways) -> None:
        self._context = context
        self._reserved = reserved
        self._ways = ways
        self._reused: list[Request] = []
        self.has_sent = False
        #: Whether the last request may be billed: it was accepted, or nobody knows.
        self.may_be_owed = False

    async def hold(self, source: Source, key: str, today: date) -> Answer:
        """Return what the source answers, whatever it sends.

        LostLeaseError, before anything is sent, if another worker took the task over.
        """
        try:
            answer = await self._hold(source, key, today)
        except (LostLeaseError, ServiceDownError, NoRoomError):
            raise
        except Exception as error:  # A source that raises costs its question alone.
            answer = Answer(
                outcome=Outcome.FAILED, reason=f"reading it raised {type(error).__name__}"
            )
        if answer.outcome is Outcome.FAILED:
            # It may be what was kept that nobody can read.
            for request in self._reused:
                self._ways.reused.forget(request)
        return answer

    async def _hold(self, source: Source, key: str, today: date) -> Answer:
        ask = self._reserved.ask
        talk = source.ask(ask.case.subject, sorted(ask.card.attributes), key, today)
        try:
            request = next(talk)
            for _ in range(_MOST_REQUESTS):
                response = await self._respond(request)
                if isinstance(response, TooLong):
                    talk.close()
                    return _put_off(response)
                request = talk.send(response)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        talk.close()
        return Answer(
            outcome=Outcome.FAILED, reason=f"it takes more than {_MOST_REQUESTS} requests"
        )

    async def _respond(self, request: Request) -> Response | TooLong:
        if request.reuse_seconds == 0 or request.method != "GET":
            return await self._send(request)
        self._reused.append(request)
        return await self._ways.reused.get(request, partial(self._send, request))

    async def _send(self, request: Request) -> Response | TooLong:
        card, turns = self._reserved.ask.card, self._ways.turns
        while isinstance(turn := await turns.take(card), Turn):
            try:
                self._note_sent()
                if turn.is_good:
                    response = await self._ways.client.send(self._repeatable(request), card.hosts)
                    self.may_be_owed = _may_be_owed(response)
                    return response
            finally:
                turns.end(card, turn)
        return turn

    def _note_sent(self) -> None:
        if self.has_sent:
            return
        mine = self._reserved
        with self._context.store.write() as tx:
            is_ours = questions.send(tx, mine.question_id, mine.ask.task_id, mine.ask.attempt)
        if not is_ours:
            raise LostLeaseError
        self.has_sent = True

    def _repeatable(self, request: Request) -> Request:
        """The request, known to the source again if it is repeated."""
        header = self._reserved.ask.card.repeat_header
        if not header:
            return request
        named = {**request.headers, header: str(self._reserved.question_id)}
        return replace(request, headers=named)


def _put_off(wait: TooLong) -> Answer:
    """The answer where our own limits leave no turn: the source rests until there is one."""
    until = now() + timedelta(seconds=wait.wait)
    return Answer(outcome=Outcome.RATE_LIMITED, reason="its limits are used up", not_before=until)


def _may_be_owed(response: Response) -> bool:
    """Whether a source may bill a request: it accepted it, or nobody knows."""
    is_lost = response.status == 0 and not response.is_unsent
    return is_lost or 200 <= response.status < 300
