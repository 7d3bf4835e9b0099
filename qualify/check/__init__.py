"""What is wrong with a profile that can be read."""
