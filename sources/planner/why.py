"""Why a source is not asked, or why nothing answers a question."""

from enum import StrEnum


class Why(StrEnum):
    """Why something is left out of a plan."""

    #: Nobody offers to answer it.
    NO_OFFER = "nothing that is offered can answer it"
    FAILED = "its last question failed, and the next waits an hour (`sluice enrich wake SOURCE`)"
    UNCLEAR = "its answer was lost: `sluice enrich unclear`"
    ASKED = "it was asked already, and its answer is fresh"
    UNKNOWN_KEY = "what it asks by is not known"
    NOT_NEEDED = "no answer of it can change the verdict"
    CAP = "it costs more than may still be spent on the company"
    BUDGET = "the budget ends before it"
