"""The business credit report outside the chat: read from files, printed, signed and checked."""
