"""The inside of Lendline: what is said, which fields, which rules. Pure: no I/O, no channel, no web."""
