"""Detect the technologies of saved pages with python-Wappalyzer as installed; prints figures as JSON.

wappalyzer_.py FILE...
"""

import json
import sys
import time
import warnings
from pathlib import Path


def main() -> None:
    """Read each page twice and print CPU milliseconds a page, and rules."""
    warnings.simplefilter("ignore")
    from Wappalyzer import Wappalyzer, WebPage

    wappalyzer = Wappalyzer.latest()
    pages = [Path(name).read_bytes().decode("utf-8", "replace") for name in sys.argv[1:]]
    started = time.process_time()
    found = 0
    for html in pages:
        page = WebPage("https://www.acme.example/", html, {})
        found += len(wappalyzer.analyze(page))
    cost = 1000 * (time.process_time() - started) / len(pages)
    print(json.dumps({"ms": cost, "found": found, "technologies": len(wappalyzer.technologies)}))


if __name__ == "__main__":
    main()
