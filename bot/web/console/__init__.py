"""The staff console: watch conversations, help owners, take over. Every act is an event through the one door."""
