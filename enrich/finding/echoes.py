"""Tell two sites of one company, and one page that is served under two names."""

from __future__ import annotations

from enrich.finding.shown import Shown


def is_mirror(one: Shown | None, other: Shown | None) -> bool:
    """Whether two sites are one company's: they state the same number, phone or mailbox."""
    if one is None or other is None:
        return False
    telling = ("vat_id", "register_number", "phone", "email")
    left = {str(fact.value) for fact in one.of(*telling)}
    return not left.isdisjoint(str(fact.value) for fact in other.of(*telling))


def is_echo(one: Shown | None, other: Shown | None) -> bool:
    """Whether two sites show the same page but for their own name, and state no owner."""
    if one is None or other is None or is_mirror(one, other):
        return False
    return _without_own(one) == _without_own(other)


def _without_own(shown: Shown) -> tuple[str, ...]:
    label = shown.domain.partition(".")[0].replace("-", "")
    ending = shown.domain.partition(".")[2].split(".")
    skipped = {label, *ending, *shown.domain.split("."), *shown.domain.partition(".")[0].split("-")}
    return tuple(
        " ".join(one for one in text.split() if one not in skipped) for text in shown.texts[:1]
    )
