"""`python -m console` is `sluice`."""

from console.cli.main import main

main()
