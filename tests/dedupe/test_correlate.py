import numpy as np
import pytest

from dedupe.correlate import ALWAYS, NEVER, components, correlate

# Each row: how many nodes, the edges with their odds, the clusters, and why.
GRAPHS = [
    (3, [(0, 1, 5.0), (1, 2, 5.0), (0, 2, 4.0)], [0, 0, 0], "all agree"),
    (
        3,
        [(0, 1, 5.0), (1, 2, 1.0), (0, 2, -6.0)],
        [0, 0, 2],
        "a strong contradiction outweighs a weak edge",
    ),
    (
        4,
        [(0, 1, 5.0), (2, 3, 5.0), (1, 2, 0.5)],
        [0, 0, 2, 2],
        "a weak bridge between two pairs, the rest never compared",
    ),
    (4, [(0, 1, 5.0), (2, 3, 5.0), (1, 2, 5.0)], [0, 0, 0, 0], "a strong bridge"),
    (
        4,
        [(0, 1, 5.0), (2, 3, 5.0), (0, 2, 0.2), (0, 3, 0.2), (1, 2, 0.2), (1, 3, 0.2)],
        [0, 0, 2, 2],
        "two groups that hold together need more than a little between them",
    ),
    (2, [(0, 1, -1.0)], [0, 1], "nothing speaks for it"),
    (3, [(0, 1, 5.0), (1, 2, 5.0), (0, 2, NEVER)], [0, 0, 2], "never holds"),
    (3, [(0, 1, ALWAYS), (1, 2, ALWAYS), (0, 2, NEVER)], [0, 0, 2], "never beats always"),
    (2, [(0, 1, ALWAYS)], [0, 0], "always holds"),
    (3, [], [0, 1, 2], "no edges"),
]


@pytest.mark.parametrize(("nodes", "edges", "clusters", "why"), GRAPHS)
def test_groups_merge_while_their_pairs_speak_for_it(
    nodes: int, edges: list[tuple[int, int, float]], clusters: list[int], why: str
) -> None:
    left, right = (np.array([edge[at] for edge in edges], dtype=np.int64) for at in (0, 1))
    odds = np.array([edge[2] for edge in edges], dtype=np.float32)
    assert correlate(nodes, left, right, odds).tolist() == clusters, why


def test_components_are_named_by_their_smallest_node() -> None:
    assert components(6, np.array([4, 2, 5]), np.array([2, 1, 3])).tolist() == [0, 1, 1, 3, 1, 3]
