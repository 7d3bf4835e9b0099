"""Reports as JSON, tables and pages."""
