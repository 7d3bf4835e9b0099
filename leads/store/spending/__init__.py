"""Questions to sources and what they cost: reserved, sent, settled; limits, budgets, caps."""
