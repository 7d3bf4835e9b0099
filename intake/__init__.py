"""A raw list becomes records and the facts its columns state."""
