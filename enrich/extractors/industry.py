"""Guess the industry of a company from the words of one page."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.industry.evidence import guessed, page_words


def find_industry(document: Document) -> Iterator[ExtractedFact]:
    """Find up to three NACE divisions, each with its probability and the words that decided."""
    yield from guessed([page_words(document)])
