"""Score what companies do: signals, points, temperature, qualifications."""
