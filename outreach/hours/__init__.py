"""Call hours: when a company may be called, by its own clocks and holidays."""
