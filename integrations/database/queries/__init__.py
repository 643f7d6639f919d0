"""All statements, grouped by noun. Each function takes the connection of a running transaction and never commits."""
