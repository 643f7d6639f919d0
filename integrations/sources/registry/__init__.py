"""Business registry: the public company register."""
