"""Points, ledger, temperature and qualifications of companies."""
