from datetime import timedelta

import pytest

from leads.facts import Fact
from tests.made_decisions import ENOUGH, NO_ERP, OLD, SITE, TOLD, WINDOWS, A, ask, looked, said
from tests.made_facts import TODAY, fact, runs, runs_no


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        # --- what is in use: seen is yes, silence is never no
        (WINDOWS, [], "unknown", "no page was read"),
        (
            WINDOWS,
            [fact("technology", runs("windows-server"))],
            "yes",
            "Windows Server @ is in use",
        ),
        (
            WINDOWS,
            [fact("technology", runs("wordpress"))],
            "unknown",
            "no page was read; known in use is only WordPress @, which leaves windows estate open",
        ),
        (
            WINDOWS,
            ENOUGH,
            "unknown",
            "5 pages were read on 2026-11-20, and no windows estate was seen",
        ),
        (
            WINDOWS,
            [fact("technology", runs_no("windows-estate"), **TOLD)],
            "no",
            "windows estate @ann is not in use",
        ),
        (
            WINDOWS,
            [fact("technology", runs("windows-estate"), **TOLD)],
            "yes",
            "windows estate @ann is in use",
        ),
        # A denial of one member leaves the others open.
        (
            WINDOWS,
            [fact("technology", runs_no("windows-server"), **TOLD)],
            "unknown",
            "no page was read",
        ),
        (
            WINDOWS,
            [
                fact("technology", runs("windows-server"), **A),
                fact("technology", runs_no("windows-estate"), **TOLD),
            ],
            "unknown",
            "sources disagree: Windows Server @a is in use, windows estate @ann is not",
        ),
        (
            WINDOWS,
            [fact("technology", runs("windows-server"), seen=OLD)],
            "unknown",
            "no page was read; Windows Server (list fair, 2024-09-11) is older than 730 days",
        ),
        (
            "{uses: {all_of: [python, wordpress]}}",
            [fact("technology", runs("python"))],
            "unknown",
            "Python @ is in use, and nobody knows about WordPress",
        ),
        (
            "{uses: {all_of: [python, wordpress]}}",
            [fact("technology", runs("python")), fact("technology", runs("wordpress"))],
            "yes",
            "Python @ and WordPress @ are in use",
        ),
        (
            "{uses: [python, wordpress]}",
            [fact("technology", runs("python"))],
            "yes",
            "Python @ is in use",
        ),
        # A person may change an answer.
        (
            WINDOWS,
            [
                fact(
                    "technology", runs_no("windows-estate"), seen=TODAY - timedelta(days=9), **TOLD
                ),
                fact("technology", runs("windows-server"), **TOLD),
            ],
            "yes",
            "Windows Server @ann is in use",
        ),
        # --- what is not in use: a list never says so, a site may once enough of it was read
        (NO_ERP, [], "unknown", "no page was read"),
        (
            NO_ERP,
            [fact("technology", runs("wordpress"))],
            "unknown",
            (
                "no page was read; known in use is only WordPress @, which leaves management"
                " software open"
            ),
        ),
        (
            NO_ERP,
            looked("home:1", "pages:3"),
            "unknown",
            (
                "3 pages were read on 2026-11-20 and no management software was seen, but only the"
                " home page and 4 more with an imprint or contact page among them can tell"
            ),
        ),
        (
            NO_ERP,
            ENOUGH,
            "yes",
            "5 pages were read on 2026-11-20 and no management software was seen",
        ),
        (
            NO_ERP,
            [*ENOUGH, fact("technology", runs("odoo"), source=SITE, method="page")],
            "no",
            "Odoo @site is in use",
        ),
        (NO_ERP, [fact("technology", runs("odoo"))], "no", "Odoo @ is in use"),
        (
            NO_ERP,
            [fact("technology", runs_no("management-software"), **TOLD)],
            "yes",
            "management software @ann is not in use",
        ),
        (
            NO_ERP,
            [
                *ENOUGH,
                fact("technology", runs("odoo"), **A),
                fact("technology", runs_no("odoo"), **TOLD),
            ],
            "unknown",
            "sources disagree: Odoo @a is in use, Odoo @ann is not",
        ),
        (
            "{uses: {any_of: [python], none_of: [odoo]}}",
            [*ENOUGH, fact("technology", runs("python"))],
            "yes",
            "Python @ is in use; 5 pages were read on 2026-11-20 and no Odoo was seen",
        ),
    ],
)
def test_one_question_about_technologies(
    criterion: str, facts: list[Fact], answer: str, reason: str
) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, str(found.reason)) == (answer, said(reason))
    assert set(found.facts) <= {one.id for one in facts}
    assert found.attributes == ("technology",)
