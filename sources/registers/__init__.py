"""Registers: one module each, from a question to facts."""
