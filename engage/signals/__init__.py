"""Kinds of signals, files of signals, and signals that a machine caused."""
