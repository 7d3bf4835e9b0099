"""How right facts are: draws, bounds, what was promised, and how far sources agree."""
