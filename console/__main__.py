"""`python -m console` is `sluice`."""

from console.start import main

main()
