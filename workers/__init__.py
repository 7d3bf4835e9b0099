"""The order of the stages, and the hands that drive them."""
