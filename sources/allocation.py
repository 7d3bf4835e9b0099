"""Who bears what an answer cost that several clients used."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from leads.prices import Price

User = TypeVar("User", bound=Hashable)


class Allocation(StrEnum):
    """A way to divide the price of an answer among those who used it."""

    #: The first one bears it all.
    FIRST = "first"
    #: All bear equal parts; the first ones carry the millionths left over.
    EQUAL = "equal"
    #: The agency bears it.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part(Generic[User]):
    """What one user bears; None: the agency."""

    user: User | None
    price: Price


def allocate(price: Price, users: Iterable[User], how: Allocation) -> tuple[Part[User], ...]:
    """Divide a price among users, given in the order of use; the parts add up to it exactly.

    A user who is named twice is one. Where there is no user, the agency bears it.
    """
    each = tuple(dict.fromkeys(users))
    if not each or how is Allocation.NONE:
        return (Part(None, price),)
    if how is Allocation.FIRST:
        return (Part(each[0], price),)
    return tuple(map(Part, each, price.split(len(each))))
