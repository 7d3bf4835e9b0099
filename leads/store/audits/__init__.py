"""Facts that were drawn for audits, how people judged them, and what is known of sources."""
