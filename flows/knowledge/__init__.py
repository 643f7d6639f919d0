"""What the assistant may say: articles in every language, their index, answering and checking."""
