"""One file per kind of fact; each reads a document and yields findings, best first."""
