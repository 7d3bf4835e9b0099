"""EntityMatchingModel (emm), untrained: cosine of words and letter pairs; threshold 0.8."""

import sys
import warnings

import pandas
from emm import PandasEntityMatching
from reading import rows_of, write_pairs

INDEXERS = [
    {
        "type": "cosine_similarity",
        "tokenizer": "words",
        "ngram": 1,
        "num_candidates": 10,
        "cos_sim_lower_bound": 0.3,
    },
    {
        "type": "cosine_similarity",
        "tokenizer": "characters",
        "ngram": 2,
        "num_candidates": 5,
        "cos_sim_lower_bound": 0.3,
    },
    {"type": "sni", "window_length": 3},
]


def main() -> None:
    warnings.filterwarnings("ignore")
    rows = rows_of(sys.argv[1])
    frame = pandas.DataFrame({"id": range(len(rows)), "name": [row["name"] or "x" for row in rows]})
    options = {
        "name_only": True,
        "entity_id_col": "id",
        "name_col": "name",
        "supervised_on": False,
        "indexers": INDEXERS,
    }
    matcher = PandasEntityMatching({**options, "n_threads": 2, "partition_size": 5000})
    found = matcher.fit(frame).transform(frame)
    found["score"] = (
        found[[name for name in found.columns if name.startswith("score_")]].max(axis=1).fillna(0)
    )
    found = found[found["gt_uid"].notna()]
    best: dict[tuple[int, int], float] = {}
    for one, other, score in zip(
        found["uid"].astype(int), found["gt_uid"].astype(int), found["score"], strict=True
    ):
        if one != other and score >= 0.5:
            pair = (min(one, other), max(one, other))
            best[pair] = max(score, best.get(pair, 0.0))
    write_pairs(
        sys.argv[2],
        (
            (rows[one]["rec_id"], rows[other]["rec_id"], score)
            for (one, other), score in sorted(best.items())
        ),
    )


if __name__ == "__main__":
    main()
