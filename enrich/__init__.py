"""Pages and registers become facts."""
