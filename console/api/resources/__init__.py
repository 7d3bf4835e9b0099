"""The endpoints, one file per subject."""

from console.api.resources import about, lists, prospects, queue, signals

#: In the order of the description.
RESOURCES = (about, prospects, queue, lists, signals)
