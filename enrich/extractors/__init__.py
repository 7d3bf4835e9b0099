"""One file a kind of fact; each reads a document and yields what it found there, best first."""
