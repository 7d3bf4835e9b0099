"""Learn from people's answers about pairs; pure, nothing here knows the store."""
