"""Job openings of a company, on its own pages and on its board at an applicant-tracking system."""
