"""Where everything durable lives: tables, one writer, queries by noun, sealing and migrations."""
