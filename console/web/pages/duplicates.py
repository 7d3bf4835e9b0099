"""The pairs of records that a person must decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import pair_answers, reviews
from actions.actor import Right
from actions.reviews import DoubtfulPair, Place
from actions.session import check_actor
from console.web.fields import Text
from console.web.logged_in import Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

#: The place of the pair that was left for later last: its doubt and its two records.
Doubt = Annotated[float | None, Query(allow_inf_nan=False)]
FormDoubt = Annotated[float | None, Form(allow_inf_nan=False)]
_SAID = {
    "same": "the same company",
    "different": "different companies",
    "part_of": "the first is part of the second",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """What two records state of one thing."""

    name: str
    left: Sequence[str]
    right: Sequence[str]

    @property
    def verdict(self) -> str:
        """`equal`, `differs`, or `one side` when the other states nothing."""
        if not self.left or not self.right:
            return "one side"
        both = {one.casefold() for one in self.left} & {one.casefold() for one in self.right}
        return "equal" if both else "differs"


@router.get("/duplicates")
def show(
    request: Request,
    here: Reader,
    doubt: Doubt = None,
    left: UUID | None = None,
    right: UUID | None = None,
) -> Response:
    """Show the most doubtful pair that was not left for later."""
    check_actor(here.actor, Right.MANAGE)
    place = _place(doubt, left, right)
    found = reviews.review_one(here.session, here.where.client, place)
    values = {
        "pair": found.pair,
        "rows": list(_compared(found.pair)) if found.pair else [],
        "count": found.count,
        "counted_to": reviews.MOST_WAITING,
        "place": place,
        "next": _address(found.pair.review.place) if found.pair else "",
    }
    return page(request, "duplicates.html", values)


@router.post("/duplicates/answer")
def answer(
    request: Request,
    here: Writer,
    left: Annotated[UUID, Form()],
    right: Annotated[UUID, Form()],
    said: Text,
    doubt: FormDoubt = None,
    after_left: Annotated[UUID | None, Form()] = None,
    after_right: Annotated[UUID | None, Form()] = None,
    reason: Text = "",
) -> Response:
    """Decide a pair, and go to the next one."""
    try:
        done = pair_answers.answer_pair(
            here.session, here.where.client, (left, right), said, reason=reason
        )
        word = f"{done.names[0][:90]} and {done.names[1][:90]}: {_SAID[said]}"
    except SluiceError as error:
        word = worded(error)
    place = _place(doubt, after_left, after_right)
    return saying(request, RedirectResponse(_address(place), 303), word)


@router.post("/duplicates/undo")
def undo(request: Request, here: Writer) -> Response:
    """Withdraw the user's last answer."""
    try:
        done = pair_answers.undo_last_answer(here.session, here.where.client)
        word = f"undone: {done.names[0][:90]} and {done.names[1][:90]} are open again"
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse("/duplicates", 303), word)


def _place(doubt: float | None, left: UUID | None, right: UUID | None) -> Place | None:
    if doubt is None or left is None or right is None:
        return None
    return doubt, left, right


def _address(place: Place | None) -> str:
    if place is None:
        return "/duplicates"
    doubt, left, right = place
    return f"/duplicates?doubt={doubt!r}&left={left}&right={right}"


def _compared(pair: DoubtfulPair) -> Iterator[Compared]:
    left, right = pair.left, pair.right
    yield Compared("name", [left.name], [right.name])
    names = dict.fromkeys([*left.stated, *right.stated])
    for name in names:
        if name != "name":
            yield Compared(name, _values(left.stated, name), _values(right.stated, name))


def _values(stated: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    return list(stated.get(name, ()))
