"""Invented papers with their ground truth: drawn, spoilt as phones spoil them, made on demand."""
