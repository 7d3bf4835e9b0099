"""Parse numbers, money and dates as people write them."""
