"""Splink 5 on DuckDB: two name measures with term frequencies, all attributes, unsupervised EM.

Default threshold: match weight 3.3, a probability of 0.91. Of five sets of blocking rules, the
widest that finishes is used. Above 50,000 rows the rules are narrower, to avoid scoring a hundred
million pairs.
"""

import logging
import sys
from collections import Counter
from contextlib import suppress
from typing import Any

import duckdb
import pyarrow
import splink.comparison_library as cl
from reading import core, folded, or_none, rows_of, write_pairs
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

LARGE = 50_000
EXACT = ("country", "domain")


def table(rows: list[dict[str, str]]) -> dict[str, list[Any]]:
    columns = names_table([core(row["name"]) for row in rows])
    columns["unique_id"] = list(range(len(rows)))
    for name in ("country", "city", "domain", "phone", "postcode"):
        if name in rows[0]:
            columns[name] = [or_none(row[name]) for row in rows]
    if "address" in rows[0]:
        columns["address"] = [folded(row["address"]) or None for row in rows]
    return columns


def names_table(cores: list[str]) -> dict[str, list[Any]]:
    often = Counter(word for name in cores for word in set(name.split()))
    rarest = [sorted(set(name.split()), key=lambda word: (often[word], word)) for name in cores]
    glued = [name.replace(" ", "") for name in cores]
    return {
        "glued": glued,
        "words": [" ".join(sorted(name.split())) for name in cores],
        "beginning": [name[:6] for name in glued],
        "ending": [name[-7:] for name in glued],
        "rarest": [words[0] for words in rarest],
        "second": [words[1] if len(words) > 1 else None for words in rarest],
    }


def settings(columns: dict[str, list[Any]], *, large: bool) -> Any:
    comparisons = [
        cl.JaroWinklerAtThresholds("words", [0.97, 0.92, 0.86, 0.78]).configure(
            term_frequency_adjustments=True
        ),
        cl.LevenshteinAtThresholds("glued", [1, 2, 4]),
    ]
    comparisons += [cl.ExactMatch(name) for name in EXACT if name in columns]
    if "city" in columns:
        comparisons.append(
            cl.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True)
        )
    if "phone" in columns:
        comparisons.append(cl.LevenshteinAtThresholds("phone", [1]))
    if "address" in columns:
        comparisons.append(cl.JaroWinklerAtThresholds("address", [0.95, 0.85]))
    rules = [
        block_on("glued"),
        *(block_on(name) for name in ("domain", "phone", "address") if name in columns),
    ]
    if large:
        rules += [
            block_on("beginning", "substr(glued, 7, 2)"),
            block_on("ending"),
            block_on("rarest", "substr(glued, 1, 1)"),
            block_on("second", "substr(glued, 1, 2)"),
        ]
    else:
        rules += [block_on(name) for name in ("beginning", "ending", "rarest", "second")]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def trained(columns: dict[str, list[Any]], *, large: bool) -> Any:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    frame = DuckDBAPI(connection).register(pyarrow.table(columns))
    linker = Linker(frame, settings(columns, large=large), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("glued")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    rules = [
        name for name in ("glued", "domain", "phone", "address", "beginning") if name in columns
    ]
    share = 0.2 if large else 1.0
    for name in rules:
        # A rule that finds no pairs cannot train.
        with suppress(Exception):
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(name), record_sample_proportion=share
            )
    return linker


def main() -> None:
    rows = rows_of(sys.argv[1])
    columns = table(rows)
    found = (
        trained(columns, large=len(rows) > LARGE)
        .inference.predict(threshold_match_weight=-8)
        .as_pyarrow_table()
    )
    ids = [row["rec_id"] for row in rows]
    values = zip(
        *(found[name].to_pylist() for name in ("unique_id_l", "unique_id_r", "match_weight")),
        strict=True,
    )
    write_pairs(sys.argv[2], ((ids[left], ids[right], score) for left, right, score in values))


if __name__ == "__main__":
    main()
