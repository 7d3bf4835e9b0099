"""The edge: load signals and scoring files, score, save, explain."""
