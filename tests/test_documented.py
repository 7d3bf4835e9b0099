"""The pages say what is so: links lead somewhere, targets exist, every dependency has its reason."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from leads.answers import Answer
from leads.facts import Method
from leads.stages import Relationship, Stage, Verdict

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_page_and_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_names_every_page() -> None:
    named = {
        (ROOT / "docs" / link.partition("#")[0]).resolve()
        for link in LINK.findall((ROOT / "docs" / "index.md").read_text("utf-8"))
    }
    pages = {page for page in PAGES if page.is_relative_to(ROOT / "docs")} - {
        ROOT / "docs" / "index.md"
    }
    assert pages - named == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    rows = re.findall(
        r"^\| ([^|]+) \|",
        (ROOT / "docs/decisions/0001-dependencies.md").read_text("utf-8"),
        re.MULTILINE,
    )
    named = {word for row in rows for word in re.split(r"[\s,()]+", row)}
    assert {Requirement(line).name for line in lines} - named == set()


def test_every_make_target_on_a_page_exists() -> None:
    told = {
        word
        for page in PAGES
        for call in re.findall(r"(?:`|^)make ([a-z -]+)", page.read_text("utf-8"), re.MULTILINE)
        for word in call.split()
    }
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert told - {line.split()[0] for line in listed.splitlines()} == set()
    assert "test" in told


@pytest.mark.parametrize("word", dict.fromkeys((*Answer, *Method, *Verdict, *Relationship, *Stage)))
def test_the_glossary_knows_the_words_of_the_code(word: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert f"`{word}`" in glossary or f"**{word}**" in glossary
