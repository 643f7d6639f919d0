"""A language model, when one is configured. It proposes; everything it returns is checked by `flows`."""
