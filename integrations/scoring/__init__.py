"""The scoring service: our client of its HTTP contract, and the reference service behind it."""
