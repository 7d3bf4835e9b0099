"""Answers one by one, the weights they lead to, and what a model changes once it is in force."""

import json
import random
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

#: Pairs of equal names with two domains: nothing but answers tells whether they are one company.
PAIRS = 60


def made_names() -> list[str]:
    """Invented names that share no word and no spelling."""
    rnd = random.Random(5)
    parts = [a + b + c for a in "bdfgklmprtvz" for b in "aeiou" for c in "lnrsx"]
    return ["".join(rnd.sample(parts, 3)).title() for _ in range(PAIRS)]


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    file = tmp_path / "fair.csv"
    lines = [
        f"{name},{name.lower()}.{ending}" for name in made_names() for ending in ("example", "test")
    ]
    file.write_text("\n".join(["name,domain", *lines]) + "\n", "utf-8")
    return file


def keys(same: int, different: int) -> str:
    return "y\n" * same + "n\n" * different


def test_a_model_is_fitted_compared_used_and_undone(
    sluice: Sluice, fair: Path, tmp_path: Path, database: str
) -> None:
    sluice("import", fair)
    refused = sluice("dedupe", "fit", "--json", code=2).error
    assert refused["message"] == "0 of 50 answers can be learned from: 50 are missing"
    answer_52_pairs(sluice)
    file = tmp_path / "m.json"
    fit_first_model(sluice, file)
    companies = 2 * PAIRS - 46
    merged = compare_first_model(sluice, companies)

    used = sluice("dedupe", "use", "1", "--yes")
    assert "undo it with `sluice dedupe use shipped`" in used.err
    assert "is in force" in sluice("dedupe", "drop", "1", code=4).err
    for number in ("9" * 20, "9" * 5_000):
        assert f"no model {number[:20]}" in sluice("dedupe", "use", number, code=3).err
    explain_by_model(sluice, merged)

    sluice("dedupe", "use", "shipped", "--yes")
    assert "nothing would change" in sluice("dedupe", "use", "shipped").out
    assert sluice("dedupe", "run", "--json").json["companies"] == companies
    assert sluice("dedupe", "use", file, "--yes", "--json").json["used"]["version"] == 2
    sluice("dedupe", "drop", "1")
    assert [one["version"] for one in sluice("dedupe", "models", "--json").json] == [2]


def answer_52_pairs(sluice: Sluice) -> None:
    typed = "u\nz\n" + keys(46, 6) + "q\n"
    said = sluice("dedupe", "review", "--ask", "--limit", "54", stdin=typed).out
    for expected in ("1 of 54  two companies now", "≠ domain", "undone: ", "52 of 54"):
        assert expected in said


def fit_first_model(sluice: Sluice, file: Path) -> None:
    tried = sluice("dedupe", "fit", "--dry-run", "--json").json
    answers = tried["answers"]
    assert (tried["version"], answers["same"], answers["different"]) == (None, 46, 6)
    assert tried["figures"]["is_better"]
    assert sluice("dedupe", "fit", "--out", file, "--json").json == tried | {"version": 1}
    (stored,) = sluice("dedupe", "models", "--json").json
    assert (stored["version"], stored["in_force"]) == (1, False)


def compare_first_model(sluice: Sluice, companies: int) -> str:
    """Check what the model would change; the name of a company that it merges."""
    changes = sluice("dedupe", "diff", "1", "--json").json["changes"]
    counts = changes["before"], changes["after"], changes["split"]
    assert counts == (companies, companies - 8, 0)
    assert len(changes["merges"]) == 5
    assert "merged: " in sluice("dedupe", "use", "1", "--dry-run").out
    assert "--yes is missing" in sluice("dedupe", "use", "1", code=2).err
    name: str = changes["merges"][0]["left_name"].split(" (")[0]
    return name


def explain_by_model(sluice: Sluice, company: str) -> None:
    (pair,) = sluice("dedupe", "explain", company, "--json").json["pairs"]
    assert pair["model"] == "model 1"
    assert any(line["feature"] == "learned" for line in pair["waterfall"])
    assert "by the weights of model 1" in sluice("dedupe", "explain", company).out
    assert "domains differ" in sluice("dedupe", "weights").out


def test_an_unsure_pair_is_not_asked_again_until_the_word_is_taken_back(
    sluice: Sluice, fair: Path, database: str
) -> None:
    sluice("import", fair)
    sluice("dedupe", "review", "--ask", "--limit", "2", stdin="u\nq\n")
    assert len(sluice("dedupe", "review", "--limit", "100", "--json").json) == PAIRS - 1
    sluice("dedupe", "run")
    assert len(sluice("dedupe", "review", "--limit", "100", "--json").json) == PAIRS - 1
    sluice("dedupe", "review", "--ask", stdin="z\nq\n")
    assert len(sluice("dedupe", "review", "--limit", "100", "--json").json) == PAIRS


def test_an_answer_that_contradicts_others_is_not_stored(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    file = tmp_path / "three.csv"
    rows = "".join(f"Zyxwell Paper,DE,{one}.example\n" for one in ("brandix", "exton", "tarnwick"))
    file.write_text("name,country,domain\n" + rows, "utf-8")
    sluice("import", file)
    ran = sluice("dedupe", "review", "--ask", stdin="y\ny\nn\nq\n")
    assert "this contradicts an earlier answer, so it is not stored" in ran.err
    assert "are two companies" in ran.err
    assert sluice("dedupe", "run", "--json").json["companies"] == 1


def test_an_answer_about_a_file_that_contradicts_others_is_not_written(
    sluice: Sluice, tmp_path: Path
) -> None:
    file, said = tmp_path / "three.csv", tmp_path / "said.jsonl"
    rows = "".join(f"Zyxwell Paper,DE,{one}.example\n" for one in ("brandix", "exton", "tarnwick"))
    file.write_text("name,country,domain\n" + rows, "utf-8")
    of_file = ("dedupe", "review", "--file", file, "--answers", said, "--ask", "--as", "ann")
    for typed, kept in (("y\ny\nn\nq\n", ["same", "same"]), ("n\nq\n", ["same", "same"])):
        ran = sluice(*of_file, stdin=typed)
        assert "this contradicts an earlier answer, so it is not stored: ann, " in ran.err
        assert f"correct the wrong line of {said}, or answer u" in " ".join(ran.err.split())
        lines = [json.loads(one) for one in said.read_text("utf-8").splitlines()]
        assert [one["answer"] for one in lines] == kept

    said.unlink()
    assert "two companies" in sluice(*of_file, stdin="y\nn\ny\nq\n").err
    assert "not stored" not in sluice(*of_file, stdin="n\nq\n").err


def answer_lines(sluice: Sluice, fair: Path, said: Path) -> list[dict[str, str]]:
    """Answers to the drawn pairs of a file: all but ten are the same company."""
    drawn = sluice(
        "dedupe", "review", "--file", fair, "--answers", said, "--limit", "55", "--json"
    ).json
    return [
        {
            "left": str(one["left_id"]),
            "right": str(one["right_id"]),
            "left_name": one["left"]["name"],
            "right_name": one["right"]["name"],
            "answer": "different" if at < 10 else "same",
        }
        for at, one in enumerate(drawn)
    ]


def write(said: Path, lines: list[dict[str, str]]) -> None:
    said.write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")


def test_a_file_is_learned_from_without_a_store(sluice: Sluice, fair: Path, tmp_path: Path) -> None:
    said, model, out = tmp_path / "said.jsonl", tmp_path / "m.json", tmp_path / "out.csv"
    of_file = ("--file", fair, "--answers", said)
    asked = sluice("dedupe", "review", *of_file, "--ask", "--limit", "3", stdin="y\nz\nn\nu\nq\n")
    assert "2 of 3  two companies now" in asked.out
    lines = [json.loads(one) for one in said.read_text("utf-8").splitlines()]
    assert [one["answer"] for one in lines] == ["different", "unsure"]
    assert "49 are missing" in sluice("dedupe", "fit", *of_file, "--dry-run", code=2).err

    said.unlink()
    write(said, answer_lines(sluice, fair, said))
    fitted = sluice("dedupe", "fit", *of_file, "--out", model, "--json").json
    assert fitted["answers"]["same"] == 45
    counts = [
        sluice("cluster", fair, "-o", out, "--force", *more, "--json").json["clusters"]
        for more in ((), ("--model", model))
    ]
    assert counts == [2 * PAIRS, PAIRS]
    assert "is in force" not in sluice("dedupe", "models").out
    edited = tmp_path / "edited.json"
    edited.write_text(model.read_text("utf-8").replace('"prior": ', '"prior": 1'), "utf-8")
    assert "checksum" in sluice("cluster", fair, "-o", out, "--model", edited, code=2).err


def test_answers_of_a_file_that_contradict_or_are_none(
    sluice: Sluice, fair: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said.jsonl"
    lines = answer_lines(sluice, fair, said)
    of_file = ("dedupe", "fit", "--file", fair, "--answers", said, "--dry-run")
    turned = lines[0] | {"answer": "same", "by": "ben"}
    gone = lines[1] | {"left_name": "Another"}
    write(said, [*lines, turned, gone])
    ran = sluice(*of_file, "--json", code=5)
    (clash,) = ran.json["contradictions"]
    assert (clash["same"][0]["by"], ran.json["answers"]["contradictory"]) == ("ben", 2)
    assert lines[0]["left_name"] in clash["different"]["left"]
    assert "1 answer is left out" in ran.err
    write(said, [gone])
    assert "1 answer is about rows that the file lacks" in sluice(*of_file, code=2).err
    assert f"correct the wrong line of {said}, and fit again" in " ".join(ran.err.split())

    for text, expected in (
        ("{}\n", "line 1: 'left' is missing"),
        (json.dumps(lines[0] | {"answer": "maybe"}), "line 1: 'maybe' is not an answer"),
        (json.dumps(lines[0]) + "\n\nnothing\n", "line 3: it is no JSON object"),
    ):
        said.write_text(text, "utf-8")
        assert expected in sluice(*of_file, code=2).err


def test_the_opposite_of_what_somebody_else_said_is_refused(
    sluice: Sluice, tmp_path: Path, database: str
) -> None:
    file = tmp_path / "two.csv"
    file.write_text("name,domain\nQuorvian,quorvian.example\nQuorvian,quorvian.test\n", "utf-8")
    sluice("import", file)
    (pair,) = sluice("dedupe", "review", "--json").json
    both = pair["left"]["company"], pair["right"]["company"]
    sluice("dedupe", "answer", *both, "different", "--as", "ann")
    refused = sluice("dedupe", "answer", *both, "same", "--as", "ben", "--json", code=4).error
    assert refused["message"].startswith("ann decided on ")
    assert "sluice dedupe undo" in refused["hint"]
    assert (
        sluice("dedupe", "answer", *both, "same", "--as", "ann", "--json").json["answer"] == "same"
    )


def test_a_file_without_pairs_has_nothing_to_answer(sluice: Sluice, tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text("name,domain\nZeta GmbH,zeta.example\n", "utf-8")
    told = sluice("dedupe", "review", "--file", one, "--answers", tmp_path / "said.jsonl").err
    assert "no pair of rows waits for an answer" in told
    assert "--ask" not in told


def test_a_model_does_not_go_to_stdout(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = sluice("dedupe", "fit", "--out", "-", "--dry-run", code=2).err
    assert "--out cannot be stdout" in told


@pytest.mark.parametrize("given", ["shipped", "1.5"])
def test_a_model_to_drop_is_named_by_its_number(sluice: Sluice, given: str) -> None:
    told = sluice("dedupe", "drop", given, code=2).err
    assert told.startswith("sluice: VERSION must be a whole number\n")


@pytest.mark.parametrize("by_id", [True, False], ids=["ids", "name and domain"])
def test_the_newer_answer_of_a_person_replaces_the_older(
    sluice: Sluice, tmp_path: Path, database: str, by_id: bool
) -> None:
    file = tmp_path / "two.csv"
    file.write_text("name,domain\nQuorvian,quorvian.example\nZyxwell,zyxwell.test\n", "utf-8")
    sluice("import", file)
    both = ["Quorvian", "zyxwell.test"]
    if by_id:
        both = [sluice("dedupe", "explain", one, "--json").json["company"]["id"] for one in both]

    sluice("dedupe", "answer", *both, "same", "--as", "ann")
    assert sluice("dedupe", "run", "--json").json["companies"] == 1
    refused = sluice("dedupe", "answer", *both, "different", "--as", "ben", code=4).err
    assert refused.startswith("sluice: ann decided on ")
    twice = (both[0], both[0])
    assert (
        "one company" in sluice("dedupe", "answer", *twice, "different", "--as", "ann", code=4).err
    )
    said = sluice("dedupe", "answer", *both, "different", "--as", "ann").out
    assert said.endswith("are different companies\n")
    assert sluice("dedupe", "run", "--json").json["companies"] == 2
