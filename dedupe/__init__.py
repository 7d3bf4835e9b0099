"""Which records are the same company."""
