"""Industry codes and words, and which lie inside which."""
