"""What reports count: one statement for each figure, whatever the number of companies."""
