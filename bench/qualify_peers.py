"""Evaluate the same companies and criteria with rule engines that have no unknown value.

Runs in its own environment, without our packages.

    python qualify_peers.py rule-engine|json-logic ROWS.jsonl

Each line of the file is one company with plain values, None if unknown. Prints seconds and answers
as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

COUNTRIES = ["DE", "AT", "CH", "FR", "IT"]
WINDOWS = ["windows-server", "iis", "exchange-server"]
MANAGEMENT = ["odoo", "sap-business-one"]
#: The first criteria decide, the others only score.
DECIDING = 8
CLOSED = ["dissolved", "insolvent", "in_liquidation"]


def rule_engine_() -> list[Callable[[dict[str, Any]], bool]]:
    """Return one rule per criterion, deciding criteria first."""
    import rule_engine

    def quoted(words: list[str]) -> str:
        return "[" + ", ".join(f'"{word}"' for word in words) + "]"

    def any_in(words: list[str]) -> str:
        return "(" + " or ".join(f'"{word}" in technologies' for word in words) + ")"

    texts = [
        "manufacturing == true",
        "turnover > 5000000",
        "employees >= 20",
        f"country in {quoted(COUNTRIES)}",
        "founded <= 2020",
        any_in(WINDOWS),
        f"not {any_in(MANAGEMENT)}",
        f"not (status in {quoted(CLOSED)})",
        "employees >= 50",
        'country in ["DE", "AT"]',
        'postcode =~ "[78].*"',
        '"ISO 9001" in certificates',
    ]
    context = rule_engine.Context(default_value=None)
    return [rule_engine.Rule(text, context=context).matches for text in texts]


def json_logic_() -> list[Callable[[dict[str, Any]], bool]]:
    """Return one expression per criterion, deciding criteria first."""
    from json_logic import jsonLogic

    def any_in(words: list[str]) -> dict[str, Any]:
        return {"or": [{"in": [word, {"var": "technologies"}]} for word in words]}

    rules: list[dict[str, Any]] = [
        {"==": [{"var": "manufacturing"}, True]},
        {">": [{"var": "turnover"}, 5_000_000]},
        {">=": [{"var": "employees"}, 20]},
        {"in": [{"var": "country"}, COUNTRIES]},
        {"<=": [{"var": "founded"}, 2020]},
        any_in(WINDOWS),
        {"!": [any_in(MANAGEMENT)]},
        {"!": [{"in": [{"var": "status"}, CLOSED]}]},
        {">=": [{"var": "employees"}, 50]},
        {"in": [{"var": "country"}, ["DE", "AT"]]},
        {"in": [{"substr": [{"var": "postcode"}, 0, 1]}, "78"]},
        {"in": ["ISO 9001", {"var": "certificates"}]},
    ]

    def deciding(rule: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
        return lambda row: bool(jsonLogic(rule, row))

    return [deciding(rule) for rule in rules]


def answer(criterion: Callable[[dict[str, Any]], bool], row: dict[str, Any]) -> bool | str:
    """Return yes or no, or the name of the error."""
    try:
        return criterion(row)
    except Exception as error:
        return type(error).__name__


def main() -> None:
    """Evaluate every row and print the result."""
    criteria = {"rule-engine": rule_engine_, "json-logic": json_logic_}[sys.argv[1]]()
    rows = [json.loads(line) for line in Path(sys.argv[2]).read_text().splitlines()]
    answers: list[str] = []
    began = time.perf_counter()
    for row in rows:
        said = [answer(criterion, row) for criterion in criteria]
        errors = [one for one in said[:DECIDING] if isinstance(one, str)]
        answers.append(
            "fit"
            if all(one is True for one in said[:DECIDING])
            else "no_fit"
            if False in said[:DECIDING] or not errors
            else errors[0]
        )
    print(json.dumps({"seconds": time.perf_counter() - began, "answers": answers}))


if __name__ == "__main__":
    main()
