"""Extract facts from pages and registers."""
