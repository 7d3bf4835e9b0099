"""Find the records that describe the same company."""
