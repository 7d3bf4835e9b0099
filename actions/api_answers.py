"""Keep what requests were answered, so that sending one again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leads.clock import now
from leads.errors import NotAllowedError, UsageError
from leads.store import Store, api_answers

#: How long an answer is kept, and how long a request may take to be answered.
_KEPT, _LONGEST = timedelta(days=1), timedelta(minutes=15)


class OtherRequestError(UsageError):
    """The key was used for another request."""

    code = "key_reused"


class UnderWayError(NotAllowedError):
    """The same request is being answered."""

    code = "under_way"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Replays:
    """One request of a token under its key."""

    store: Store
    token_id: UUID
    key: str

    def begin(self, request_hash: str) -> Kept | None:
        """Reserve the key; the answer, when this request was answered already.

        OtherRequestError for another request under the key, UnderWayError while the first one is
        being answered.
        """
        at = now()
        with self.store.write() as tx:
            api_answers.drop_older(tx, at - _KEPT)
            if api_answers.begin(tx, self.token_id, self.key, request_hash):
                return None
            found = api_answers.find(tx, self.token_id, self.key)
            if found is None or found.request_hash != request_hash:
                raise OtherRequestError(
                    "this Idempotency-Key was used for another request", "send a new key"
                )
            if found.status is not None:
                return Kept(found.status, found.content_type, found.body)
            if at - found.began_at < _LONGEST:
                raise UnderWayError("the same request is being answered", "send it again later")
            # The process that answered it has stopped. Its transaction was committed whole, or undone.
            api_answers.drop(tx, self.token_id, self.key)
            api_answers.begin(tx, self.token_id, self.key, request_hash)
        return None

    def end(self, kept: Kept | None) -> None:
        """Keep the answer; None frees the key, as nothing was done."""
        with self.store.write() as tx:
            if kept is None:
                api_answers.drop(tx, self.token_id, self.key)
            else:
                api_answers.keep(
                    tx, self.token_id, self.key, kept.status, kept.content_type, kept.body
                )
