"""Learn from past outcomes which companies convert, and refuse where nothing can be learned."""
