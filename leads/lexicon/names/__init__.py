"""Company names and their legal forms."""
