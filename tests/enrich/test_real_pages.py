"""Extraction over hand-annotated business pages, held against the figures it has reached
(`bench/extract_quality.py` prints them).
"""

import json
import time
from hashlib import sha256
from pathlib import Path

import pytest

from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from enrich.page import Page, decode, page_kind
from leads.lexicon.names.company_names import parse_name
from tests.made_pages import FETCHED

#: Streets of offices that the labels leave out, read by eye on their page; hashed, since the data is
#: not held here.
UNLABELLED = frozenset(
    {
        "606c6a6c8999",
        "7241db3c8f33",
        "75f181b19588",
        "7feea66f68df",
        "c6c0843e35fe",
        "f75b915e6890",
    }
)

Read = list[tuple[tuple[ExtractedFact, ...], dict[str, list[str]]]]


@pytest.fixture(scope="module")
def pages(data: Path) -> list[tuple[Page, dict[str, list[str]]]]:
    rows = [
        json.loads(line)
        for line in (data / "pages" / "labels.jsonl").read_text("utf-8").splitlines()
    ]
    found = []
    for row in rows:
        html = decode((data / "pages" / "html" / row["page"]).read_bytes(), {})
        found.append(
            (Page(row["url"], html, {}, 200, FETCHED, page_kind(row["url"])), row["labels"])
        )
    return found


@pytest.fixture(scope="module")
def timed(pages: list[tuple[Page, dict[str, list[str]]]]) -> tuple[Read, float]:
    """What extraction reads, and the CPU seconds it takes a page."""
    try_extract(pages[0][0])
    start = time.process_time()
    read = [(try_extract(page).facts, labels) for page, labels in pages]
    return read, (time.process_time() - start) / len(pages)


def plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def stated(found: tuple[ExtractedFact, ...], attribute: str) -> set[str]:
    """The values of an attribute, without those that the labels leave out."""
    values = {str(one.value) for one in found if one.attribute == attribute}
    return {value for value in values if digest(value) not in UNLABELLED}


def digest(value: str) -> str:
    return sha256(plain(value).encode()).hexdigest()[:12]


def matches(label: str, value: str, gold: str) -> bool:
    if label in {"TEL", "FAX"}:
        return plain(gold).endswith(value[-9:]) or (
            len(plain(gold)) > 6 and value.endswith(plain(gold).lstrip("0")[-10:])
        )
    if label == "ORG":
        one, other = sorted((plain(parse_name(value).core), plain(parse_name(gold).core)), key=len)
        return len(one) > 2 and other.startswith(one)
    return plain(value) in plain(gold) or plain(gold) in plain(value)


@pytest.mark.parametrize(
    ("label", "attribute", "precision", "recall_of_pages"),
    [
        ("ORG", "name", 0.9, 0.78),
        ("TEL", "phone", 0.93, 0.9),
        ("FAX", "fax", 0.95, 0.8),
        ("STREET", "street", 0.95, 0.85),
        ("ZIPCODE", "postcode", 0.95, 0.95),
        ("CITY", "city", 0.9, 0.6),
    ],
)
def test_what_is_read_is_right_and_most_is_read(
    label: str, attribute: str, precision: float, recall_of_pages: float, timed: tuple[Read, float]
) -> None:
    said = right = marked = marked_and_found = 0
    for found, labels in timed[0]:
        gold = labels.get(label, [])
        values = stated(found, attribute)
        good = {value for value in values if any(matches(label, value, one) for one in gold)}
        said, right = said + len(values), right + len(good)
        marked, marked_and_found = marked + bool(gold), marked_and_found + bool(gold and good)
    assert right / said >= precision
    assert marked_and_found / marked >= recall_of_pages


def test_a_page_takes_milliseconds(timed: tuple[Read, float]) -> None:
    # 5 ms on two idle cores; the limit leaves room for a busy machine.
    assert timed[1] < 0.03
