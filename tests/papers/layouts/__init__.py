"""How papers look: each layout draws one invented paper and says what stands on it."""
