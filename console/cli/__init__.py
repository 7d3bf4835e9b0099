"""The command line: parses arguments, calls actions and renders what they return."""
