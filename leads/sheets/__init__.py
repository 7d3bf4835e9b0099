"""Read and write tables of text: CSV, XLSX and JSON Lines, in whatever encoding they come."""
