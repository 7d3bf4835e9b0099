"""What people touch: the command line."""

from leads.ownership import check_ownership

# Before the first import of another room: a foreign package of the same name would be found first.
check_ownership()
