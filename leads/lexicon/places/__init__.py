"""Countries, regions and cities as people write them."""
