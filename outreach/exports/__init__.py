"""Companies as rows of files that other tools import."""
