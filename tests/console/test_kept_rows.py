"""The rows of a compared file: read once, and written as they were."""

from pathlib import Path

import pytest

from actions.kept_rows import KeptRows
from actions.match_file import ListFile
from actions.matching import ClusterRequest, LinkRequest, Progress, cluster_file, link_files
from tests.console.conftest import rows_of

#: Cells of one row, with what separates the cells that are kept.
CELLS = [("Zyxwell", "DE"), ("", ""), ("Zyx\x1fwell", "DE"), ("\x1f", "\x1f"), ("\udcff\n", "\r")]


@pytest.mark.parametrize("cells", CELLS)
def test_cells_come_back_as_they_were(cells: tuple[str, ...]) -> None:
    kept = KeptRows(2)
    kept.add(cells, None)
    kept.add(cells, "it repeats the header")
    assert [(tuple(row), why) for row, why in kept] == [
        (cells, None),
        (cells, "it repeats the header"),
    ]


def test_a_file_that_changes_after_it_was_read_is_written_as_it_was(tmp_path: Path) -> None:
    list_, out = tmp_path / "list.csv", tmp_path / "out.csv"
    for command in (_cluster, _link):
        list_.write_text("name,kept\nZyxwell Ltd,a\nZyxwell,b\nTotal,\n", "utf-8")

        def change(stage: str, _done: int, _of: int) -> None:
            if not stage.startswith("reading rows"):
                list_.write_text("name,kept\nQuorvian,z\n", "utf-8")

        command(str(list_), str(out), change)
        assert [row["kept"] for row in rows_of(out)] == ["a", "b", ""]
        out.unlink()


def _cluster(path: str, out: str, progress: Progress) -> None:
    cluster_file(ClusterRequest(file=ListFile(path=path), output=out), progress)


def _link(path: str, out: str, progress: Progress) -> None:
    left = ListFile(path=path)
    link_files(LinkRequest(left=left, right=left, output=out), progress)
