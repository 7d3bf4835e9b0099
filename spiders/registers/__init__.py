"""Spiders of public registers: searches page after page, and files of a whole register."""
