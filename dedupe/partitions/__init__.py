"""Compare a list in partitions, on Spark or in any flow of Arrow tables."""
