"""Outside systems that hold records: one folder each, declared in `declared`, opened by `catalog`."""
