"""One file per kind of fact; each reads a document and yields extracted facts, best first."""
