"""The API under `/api/v1`: what a person does on pages and with commands, for programs."""
