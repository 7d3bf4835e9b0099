"""The first lines of a text tell a list from other kinds of files."""

from pathlib import Path

import pytest

from intake.raw_list import open_list
from leads.errors import UsageError


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("Pragma Gears\nOrrin GmbH\nPell AG\n", "Pragma Gears"),
        ("Create Table Tops;Ulm\nPell;Bonn\n", "Create Table Tops"),
        ("Drop Table Records;Ulm\nPell;Bonn\n", "Drop Table Records"),
        ("Begin Transaction Ltd\nOrrin GmbH\n", "Begin Transaction Ltd"),
        ("---\nname;town\nOrrin;Ulm\n", "name"),
        ("From: CRM\nDate: 2031-01-02\n\nname;town\nOrrin;Ulm\nPell;Bonn\n", "name"),
        ("From: CRM\nSubject: fair\nname,town,zip\nOrrin,Ulm,1\nPell,Bonn,2\n", "name"),
        ("From: CRM\n\nname;town\nOrrin;Ulm\n", "name"),
        ("<Firm>;<Town>\nOrrin;Ulm\n", "<Firm>"),
        ("<Firm>\t<Town>\nOrrin\tUlm\n", "<Firm>"),
        ("<Firm>\nOrrin GmbH\nPell AG\n", "<Firm>"),
    ],
)
def test_lists(tmp_path: Path, content: str, first: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    assert open_list(str(path)).header[0] == first


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "SQL"),
        ("CREATE TABLE IF NOT EXISTS firms (id int);\n", "SQL"),
        ("DROP TABLE IF EXISTS firms;\n", "SQL"),
        ("INSERT INTO firms(name) VALUES ('Orrin');\n", "SQL"),
        ("---\nfirms:\n  - name: Orrin\n", "a YAML file"),
        ("---\n- name: Orrin\n", "a YAML file"),
        ("From: a@orrin.example\nSubject: list\n\nHello, see below.\n", "an e-mail message"),
        ("Received: from mx; x\nFrom: a\n\nname;town\nA;B\nC;D\n", "an e-mail message"),
        ("<firms><firm name='Orrin'/></firms>", "a web page or XML"),
        ("<p>Orrin</p>", "a web page or XML"),
    ],
)
def test_other_kinds(tmp_path: Path, content: str, what: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=f" is {what},"):
        open_list(str(path))
