"""Facts, questions and criteria in plain words."""
