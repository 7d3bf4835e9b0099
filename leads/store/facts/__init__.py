"""Facts as rows: written, read one company at a time, and read in bulk."""
