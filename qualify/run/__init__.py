"""The edges of qualify: the only files of this room that know the store."""
