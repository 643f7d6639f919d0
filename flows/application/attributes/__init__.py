"""The standard attributes of a business, computed from the records its owner allowed."""
