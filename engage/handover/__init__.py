"""What the agency and its client agreed on: qualified leads, stages, time to answer."""
