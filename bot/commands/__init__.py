"""The commands of `lendline`, one file per group; `bot.__main__` lists them."""
