"""Levels of suppressions: for whom a suppression counts."""

#: The strictest first: its reason is the one shown.
LEVELS = ("law", "agency", "client", "campaign")
#: These count for every client.
SHARED = ("law", "agency")
