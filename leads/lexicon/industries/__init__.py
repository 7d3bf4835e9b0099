"""Industry codes and names, and which industries contain others."""
