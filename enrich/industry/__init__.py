"""The industry of a company from the words of its pages."""
