"""Parse countries, regions and cities as people write them."""
