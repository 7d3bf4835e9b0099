"""The edges of dedupe: the only files of this room that know the store."""
