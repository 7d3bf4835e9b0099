"""One profile against many companies at once."""
