"""Till: a Square account, its places and orders."""
