"""Ask registers and paid providers about companies, and decide what is worth its price."""
