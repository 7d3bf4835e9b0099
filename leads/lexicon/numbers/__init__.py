"""Numbers, money and dates as people write them."""
