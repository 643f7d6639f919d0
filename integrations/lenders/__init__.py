"""Lenders: what they send us and what we hand to them."""
