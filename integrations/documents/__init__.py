"""Readers of files an owner sends: from bytes to records, pure and bounded, run in a process of their own."""
