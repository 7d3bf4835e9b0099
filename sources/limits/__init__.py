"""What a source says when it does not answer: which outcome that is, and how long to wait."""
