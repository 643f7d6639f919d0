"""Invented businesses for sandboxes, demo and tests: profiles, a seeded model of their records, and the truth."""

from integrations.merchants.merchant import Merchant, load

__all__ = ["Merchant", "load"]
