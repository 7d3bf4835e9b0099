"""Lists of companies out of registers: which can be searched or downloaded, and what a row holds."""
