"""The web chat: the same conversation in a browser, with or without JavaScript, on its own page or in a frame."""
