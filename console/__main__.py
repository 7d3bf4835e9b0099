"""`python -m console` is `sluice`."""

from console.cli import main

main()
