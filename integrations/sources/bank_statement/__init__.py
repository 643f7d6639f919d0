"""Bank statements that the owner sends as files."""
