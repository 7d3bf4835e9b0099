"""The parts of dedupe that read and write the store; no other file of dedupe does."""
