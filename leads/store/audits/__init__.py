"""Facts that were drawn for audits, what people said of them, and what is known of sources."""
