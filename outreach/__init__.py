"""Hand over a prospect once, and remember: queue, leases, dispositions, suppression."""
