"""An ICP file, read into criteria."""
