"""Background work: the pipeline, its drivers, workers, and what operators see."""
