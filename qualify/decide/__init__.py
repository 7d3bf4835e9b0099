"""The answers, verdict and score of one company."""
