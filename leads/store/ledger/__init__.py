"""The ledger of tasks: asked for, claimed, finished, failed and paused."""
