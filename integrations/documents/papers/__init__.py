"""Reading papers: pieces of writing with their places, whichever reader found them, become values of a kind."""
