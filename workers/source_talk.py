"""One conversation with a source: its requests in turn, each within the limits."""

from __future__ import annotations

from datetime import date

from leads.store.spending import questions
from sources.answers import Answer, Outcome
from sources.exchange import Request, Response
from sources.run.reserving import Reserved
from sources.source import Source
from workers.context import Context
from workers.source_http import SourceClient
from workers.source_turns import TurnsOf

#: Requests of one question; a source that wants more is wrong.
_MOST_REQUESTS = 12


class Talk:
    """Asks the question that was reserved; notes in the store that it is sent, before it is."""

    def __init__(
        self, context: Context, reserved: Reserved, client: SourceClient, turns: TurnsOf
    ) -> None:
        self._context = context
        self._reserved = reserved
        self._client = client
        self._turns = turns
        self.has_sent = False
        #: Whether the last request may be billed: it was accepted, or nobody knows.
        self.may_be_owed = False

    async def hold(self, source: Source, key: str, today: date) -> Answer:
        """Return what the source answers; whatever it sends, it raises nothing."""
        ask = self._reserved.ask
        talk = source.ask(ask.case.subject, sorted(ask.card.attributes), key, today)
        try:
            request = next(talk)
            for _ in range(_MOST_REQUESTS):
                response = await self._respond(request)
                if response is None:
                    talk.close()
                    return Answer(outcome=Outcome.RATE_LIMITED, reason="its limits are used up")
                request = talk.send(response)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        talk.close()
        return Answer(
            outcome=Outcome.FAILED, reason=f"it takes more than {_MOST_REQUESTS} requests"
        )

    async def _respond(self, request: Request) -> Response | None:
        card = self._reserved.ask.card
        turn = await self._turns.take(card)
        if turn is None:
            return None
        if not self.has_sent:
            with self._context.store.write() as tx:
                questions.send(tx, [self._reserved.question_id])
            self.has_sent = True
        try:
            response = await self._client.send(self._repeatable(request), card.hosts)
        finally:
            self._turns.end(card, turn)
        self.may_be_owed = response.status == 0 or 200 <= response.status < 300
        return response

    def _repeatable(self, request: Request) -> Request:
        """The request, known to the source again if it is repeated."""
        header = self._reserved.ask.card.repeat_header
        if not header:
            return request
        named = {**request.headers, header: str(self._reserved.question_id)}
        return Request(request.url, request.method, named, request.body)
