"""Telegram: reading updates, long polling, delivery."""
