"""Generate facts of a million companies (fixed seed): gaps, ranges, sources, contradictions."""

from __future__ import annotations

import pickle
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leads.values import IndustryCode, TechnologyUse, Value
from qualify.bulk.frames import DAY, EPOCH, HIGHEST, Column, Frames, column_of

TODAY = date(2026, 11, 20)
SOURCES = ("list:fair", "list:vendor", "list:register", "site:own")
COUNTRIES = ("DE", "AT", "CH", "FR", "IT", "NL", "PL", "GB", "US", "ES")
INDUSTRIES = tuple(
    IndustryCode("nace2.0", code)
    for code in ("25.62", "28.41", "10.71", "62.01", "86.23", "47.91", "46.69", "C", "J", "2")
) + tuple(
    IndustryCode("text", text)
    for text in (
        "Manufacturing",
        "Maschinenbau",
        "Software",
        "Dentists",
        "Zorbing things",
        "Metal, retail",
    )
)
RUNS = (
    "windows-server",
    "iis",
    "exchange-server",
    "odoo",
    "sap-business-one",
    "wordpress",
    "python",
    "shopify",
)
STATUSES = ("active", "active", "active", "active", "dissolved", "insolvent")
LOOKS = ("home:1", "imprint:1", "contact:1", "pages:6", "pages:3", "headers:1")
BANDS = ((1, 10), (11, 50), (51, 200), (201, 500), (501, 1000), (1001, 5000), (10_001, None))
_NOTHING = np.empty(0, dtype=np.int64)


def make(size: int, seed: int) -> Frames:
    """Generate frames of `size` companies."""
    chance = np.random.default_rng(seed)
    makers = _Makers(size, chance)
    columns = [
        makers.words("country", COUNTRIES, 0.95, 0.10),
        makers.words("industry", INDUSTRIES, 0.85, 0.15),
        makers.words("status", STATUSES, 0.60, 0.05),
        makers.words(
            "postcode", tuple(f"{number:05d}" for number in range(1000, 99_000, 97)), 0.60, 0.0
        ),
        makers.words("certificate", ("ISO 9001", "ISO 14001"), 0.10, 0.0),
        makers.words("technology", tuple(TechnologyUse(slug) for slug in RUNS), 0.45, 0.60),
        makers.looks(0.40),
        makers.employees(0.70, 0.25),
        makers.turnover(0.45, 0.10),
        makers.founded(0.50),
    ]
    return Frames(size, {column.name: column for column in columns}, SOURCES, np.array([0.8, 0.5]))


class _Makers:
    def __init__(self, size: int, chance: np.random.Generator) -> None:
        self.size, self.chance = size, chance

    def words(self, name: str, vocabulary: tuple[Value, ...], share: float, more: float) -> Column:
        company, source = self.who(share, more)
        # Values favour the start of the vocabulary. A second source usually repeats the first.
        first = (self.chance.random(self.size) ** 1.5 * len(vocabulary)).astype(np.int64)
        again = (self.chance.random(len(company)) * len(vocabulary)).astype(np.int64)
        differs = (source > 0) & (
            self.chance.random(len(company)) < (0.9 if name == "technology" else 0.2)
        )
        return self.column(
            name, company, source, np.where(differs, again, first[company]), vocabulary
        )

    def looks(self, share: float) -> Column:
        company = np.flatnonzero(self.chance.random(self.size) < share)
        kinds = [np.full(len(company), kind) for kind in (0, 1)] + [
            np.where(self.chance.random(len(company)) < 0.7, 3, 4)
        ]
        rows = np.tile(company, len(kinds))
        return self.column(
            "coverage", rows, np.full(len(rows), 3), np.concatenate(kinds), LOOKS, day=100
        )

    def employees(self, share: float, more: float) -> Column:
        company, source = self.who(share, more)
        size = np.exp(self.chance.normal(3.2, 1.6, self.size)).astype(np.int64) + 1
        off = np.where((source > 0) & (self.chance.random(len(company)) < 0.2), 3, 1)
        exact = size[company] * off
        low, high = exact.copy(), exact.copy()
        for least, most in BANDS:
            inside = (
                (self.chance.random(len(company)) < 0.6)
                & (exact >= least)
                & (exact <= (HIGHEST if most is None else most))
            )
            low[inside], high[inside] = least, HIGHEST if most is None else most
        return self.column(
            "employees", company, source, np.zeros(len(company), dtype=np.int64), (), low, high
        )

    def turnover(self, share: float, more: float) -> Column:
        company, source = self.who(share, more)
        cents = (np.exp(self.chance.normal(15.2, 1.5, self.size)).astype(np.int64) * 100)[company]
        currency = (self.chance.random(len(company)) < 0.1).astype(np.int64)
        wide = self.chance.random(len(company)) < 0.3
        return self.column(
            "turnover",
            company,
            source,
            currency,
            ("EUR", "USD"),
            np.where(wide, cents // 2, cents),
            np.where(wide, cents * 2, cents),
        )

    def founded(self, share: float) -> Column:
        company, source = self.who(share, 0.0)
        year = 2026 - (self.chance.random(len(company)) ** 2 * 120).astype(np.int64)
        return self.column(
            "founded", company, source, np.zeros(len(company), dtype=np.int64), (), year, year
        )

    def who(self, share: float, more: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the companies with known values, some with a second and third source."""
        known = self.chance.random(self.size) < share
        layers = [
            known,
            known & (self.chance.random(self.size) < more),
            known & (self.chance.random(self.size) < more / 4),
        ]
        company = [np.flatnonzero(layer) for layer in layers]
        return np.concatenate(company), np.concatenate(
            [np.full(len(one), place) for place, one in enumerate(company)]
        )

    def column(
        self,
        name: str,
        company: NDArray[np.int64],
        source: NDArray[np.int64],
        code: NDArray[np.int64],
        vocabulary: tuple[Value, ...],
        low: NDArray[np.int64] = _NOTHING,
        high: NDArray[np.int64] = _NOTHING,
        day: int | None = None,
    ) -> Column:
        rows = len(company)
        back = (
            np.full(rows, day)
            if day is not None
            else self.chance.integers(0, 900, 40)[self.chance.integers(0, 40, rows)]
        )
        moment = (TODAY.toordinal() - EPOCH - back) * DAY
        zero = np.zeros(rows, dtype=np.int64)
        method = np.where(source == 3, 3, 4)
        bounds = (low if len(low) else zero, high if len(high) else zero)
        table = np.stack([company, source, method, zero, moment, zero, zero, code, *bounds], axis=1)
        return column_of(name, table, vocabulary)


def save(frames: Frames, folder: Path) -> None:
    """Save frames as files of arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {}
    for name, column in frames.columns.items():
        words[name] = column.vocabulary
        for one in fields(column):
            if one.name not in ("name", "vocabulary"):
                np.save(folder / f"{name}-{one.name}.npy", getattr(column, one.name))
    (folder / "words.pickle").write_bytes(
        pickle.dumps((frames.size, words, frames.sources, frames.confidences))
    )


def load(folder: Path) -> Frames:
    """Load the frames that `save` wrote."""
    size, words, sources, confidences = pickle.loads((folder / "words.pickle").read_bytes())
    columns = {}
    for name, vocabulary in words.items():
        arrays = {
            one.name: np.load(folder / f"{name}-{one.name}.npy")
            for one in fields(Column)
            if one.name not in ("name", "vocabulary")
        }
        columns[name] = Column(name=name, vocabulary=vocabulary, **arrays)
    return Frames(size, columns, sources, confidences)
