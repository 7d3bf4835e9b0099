"""The sections of reports."""
