"""Detect technologies by the DNS records of a domain: mail, verifications, hosts and their aliases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from enrich.detecting.loaded import detector
from enrich.detecting.surface import Surface
from enrich.extracted import ExtractedFact
from enrich.technologies import Match, named, to_extracted
from leads.dns_records import QUESTIONS, DnsAnswer, domain_of, record_line


def technologies_of_records(
    url: str, records: Sequence[DnsAnswer], fingerprints: Path | None = None
) -> tuple[ExtractedFact, ...]:
    """Return the technologies that records show, each with the record as its quote."""
    rules = detector(fingerprints)
    found = rules.engine.hits(Surface("", dns={one.question.name: one.values for one in records}))
    domain = domain_of(url)
    return to_extracted(
        [
            replace(one, evidence=tuple(_with_line(match, domain) for match in one.evidence))
            for one in named(rules, found)
        ]
    )


def _with_line(match: Match, domain: str) -> Match:
    """Return the evidence with the record as it is kept, in place of the question and its value."""
    name, _, value = match.match.partition(": ")
    question = next((one for one in QUESTIONS if one.name == name), None)
    if match.field != "dns" or question is None:
        return match
    return replace(match, match=record_line(domain, question, value))
