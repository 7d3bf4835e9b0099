"""One file per noun: each builds its part of the command tree and imports heavy rooms only when a
command runs.
"""
