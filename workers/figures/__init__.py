"""What the reports of a campaign are made of, read from the store."""
