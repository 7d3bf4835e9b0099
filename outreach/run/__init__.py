"""The edges of outreach: the only files of this room that know the store."""
