"""Parse the words of lists and pages: names, places, industries, numbers, technologies."""
