"""Detect technologies: rules as data, one scan for all their literals, and a check of what is left."""
