"""`sluice dispositions`: a client's own results, versioned, and used by `queue done`."""

from collections.abc import Callable
from pathlib import Path

from tests.console.conftest import Sluice

Queued = Callable[..., None]
OURS = """dispositions: ours
version: {version}
outcomes:
  left_card:
    meaning: left a card at the door
    key: k
    relationship: contacted
    again: {again}
  gone:
    meaning: does not exist
    relationship: lost
"""


def written(path: Path, version: int = 1, again: str = "3 days") -> Path:
    path.write_text(OURS.format(version=version, again=again))
    return path


def test_a_client_s_own_file_decides_what_may_be_reported(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Alder GmbH")
    file = written(tmp_path / "ours.yaml")
    sluice("queue", "next", "--as", "ann")
    assert "is not a disposition" in sluice("queue", "done", "left_card", "--as", "ann", code=2).err
    assert sluice("dispositions", "use", file, "--dry-run", "--json").json["changed"] is True
    assert sluice("dispositions", "list", "--json").json["own"] is False
    sluice("dispositions", "use", file)
    assert sluice("dispositions", "use", file, "--json").json["changed"] is False
    done = sluice("queue", "done", "left-card", "--as", "ann", "--json").json
    assert (done["disposition"], done["relationship"]) == ("left_card", "contacted")
    listed = sluice("dispositions", "list", "--json").json
    assert [one["name"] for one in listed["outcomes"]] == ["left_card", "gone"]
    assert listed["outcomes"][0]["again_after"] == 3 * 24 * 3600


def test_a_used_version_is_never_changed(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Alder GmbH")
    sluice("dispositions", "use", written(tmp_path / "a.yaml", 2))
    changed = sluice("dispositions", "use", written(tmp_path / "b.yaml", 2, "4 days"), code=4)
    assert "version 3" in changed.err
    assert "is older" in sluice("dispositions", "use", written(tmp_path / "c.yaml"), code=4).err
    commented = tmp_path / "d.yaml"
    commented.write_text("# the same\n" + (tmp_path / "a.yaml").read_text())
    sluice("dispositions", "use", commented)


def test_the_printed_file_is_valid_and_can_be_used(
    sluice: Sluice, database: str, tmp_path: Path
) -> None:
    text = sluice("dispositions", "list", "--yaml").out
    file = tmp_path / "copy.yaml"
    file.write_text(text)
    assert "no mistakes" in sluice("dispositions", "check", file).out
    assert "no mistakes" in sluice("dispositions", "check", "-", stdin=text).out
    assert sluice("dispositions", "schema").json["title"] == "Dispositions of Sluice"


def test_check_names_every_line(sluice: Sluice, database: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        "dispositions: bad\nversion: 1\noutcomes:\n"
        "  again:\n    meaning: x\n    again: 1 day\n    attempts: {phone: 2}\n"
        "    then: agian\n"
        "  lonely:\n    meaning: y\n    chosen: no\n    relationship: lost\n"
    )
    found = sluice("dispositions", "check", file, code=1)
    assert f"{file}:8: outcomes.again.then: there is no outcome agian" in found.out
    assert f"{file}:9: outcomes.lonely: nothing leads here" in found.out
    assert "bad.yaml:8" in sluice("dispositions", "use", file, code=2).err
    lines = [
        one["line"]
        for one in sluice("dispositions", "check", file, "--json", code=1).json["remarks"]
    ]
    assert lines == [8, 9]
    file.write_text("dispositions: bad\nversion: 1\noutcomes: {a: {meaning: x, agian: 1 day}}\n")
    assert "bad.yaml:3" in sluice("dispositions", "check", file, code=2).err
    assert "there is no file" in sluice("dispositions", "check", tmp_path / "no.yaml", code=3).err


def test_what_was_said_to_be_wrong_is_counted_by_source(sluice: Sluice, queued: Queued) -> None:
    queued("Alder GmbH")
    sluice("queue", "next", "--as", "ann")
    done = sluice("queue", "done", "too_small", "--as", "ann")
    assert "1 fact of the card counted as doubted" in done.err
    assert sum(sluice("queue", "stats", "--json").json["doubts"].values()) == 1
    assert "said to be wrong of" in sluice("queue", "stats").out
