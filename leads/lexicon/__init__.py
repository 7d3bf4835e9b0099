"""What the words of lists and pages mean: names, places, industries, numbers, technologies."""
