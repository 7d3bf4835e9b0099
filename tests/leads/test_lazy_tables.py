"""The numbers and tables cost nothing until they are used: no table is read and no slow library
imported with them.
"""

import subprocess
import sys

import pytest

MODULES = (
    "leads.lexicon.numbers.ranges",
    "leads.lexicon.numbers.money",
    "leads.lexicon.statuses",
    "leads.lexicon.industries.membership",
    "leads.lexicon.technologies",
)
SLOW = {"yaml", "currency_converter", "stdnum", "anyascii", "zipfile"}


@pytest.mark.parametrize("module", MODULES)
def test_importing_reads_nothing(module: str) -> None:
    code = f"import sys, {module}; print(*{SLOW} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
